"""The requests of the load test are made of the sample."""

from fraud_api.load.service import bodies
from fraud_api.running.repository import ROOT


def test_a_request_is_made_of_each_row_of_the_sample(sample):
    assert len(bodies(ROOT / "data" / "sample.csv")) == len(sample)
