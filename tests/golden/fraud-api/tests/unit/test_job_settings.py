"""A job has a local folder of its own."""

import pytest

from fraud_api.jobs.settings import JobSettings
from fraud_api.running.errors import UsageError

PLACES = {"LANDING_URI": "in/raw", "CURATED_URI": "in/curated", "MODEL_URI": "in/models"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


class TestWorkFolder:
    @pytest.mark.parametrize("work", ["in", "in/curated", "in/raw/job", ".", "in/x/.."])
    def test_must_not_overlap_a_folder_of_the_data(self, work):
        with pytest.raises(UsageError, match="WORK_DIR overlap"):
            JobSettings.from_environment({**PLACES, "WORK_DIR": work})

    @pytest.mark.parametrize("address", ["work/job", "file://{}/work/job/features", "work"])
    def test_holds_nothing_that_is_published(self, tmp_path, address):
        with pytest.raises(UsageError, match="FEATURES_URI and WORK_DIR overlap"):
            JobSettings.from_environment({**PLACES, "FEATURES_URI": address.format(tmp_path)})

    @pytest.mark.parametrize("work", ["in/job", "in/raw2", "elsewhere"])
    def test_may_be_beside_them(self, work):
        settings = JobSettings.from_environment({**PLACES, "WORK_DIR": work})
        assert settings.work.as_posix() == work

    def test_may_be_anywhere_where_the_data_is_in_buckets(self):
        places = {name: f"s3://{place}" for name, place in PLACES.items()}
        settings = JobSettings.from_environment({**places, "WORK_DIR": "in/curated"})
        assert (settings.landing, settings.work.as_posix()) == ("s3://in/raw", "in/curated")
