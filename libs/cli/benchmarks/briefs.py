"""The briefs that are measured: one for each archetype, and one of two kilobytes."""

from datetime import date

AS_OF = date(2026, 11, 21)
"""Every design is of the same day, so that price ages do not move the figures."""

BRIEFS: dict[str, str] = {
    "online_api": (
        "Design an MLOps system for real-time fraud detection with sub-100ms latency, PCI DSS compliance, and "
        "auto-scaling for 10,000 requests/second."
    ),
    "batch_scoring": (
        "We have 250,000 customers in eu-central-1 and want a churn score for each of them every night, written to a "
        "table before 6 am. GDPR applies, the data is sensitive, the budget is 900 dollars a month, two people run "
        "it, 99% availability is enough, and the model is retrained every week on 20 GB of history."
    ),
}

LONG_BRIEF = """\
Hi team, thanks for the call on Tuesday. Let me write down what we agreed on so that nobody has to guess later.

We are a mid-sized insurer with about 1.2 million active policies, most of them motor and household. Today a claim
handler decides by hand whether a claim goes to the special investigations unit. That takes two days on average and we
miss too much. We would like a model that scores every incoming claim for fraud while the customer is still on the
page, so the score has to be back within 250 ms at the 95th percentile, including the call from our portal. On a normal
day we see roughly 40 requests per second, after a hail storm it can be three times as much.

The claims sit in a PostgreSQL database in Frankfurt (eu-central-1) and nothing may leave the European Union; our data
protection officer insists on GDPR, and the claims contain personal data such as names, addresses and bank accounts.
There are about 180 GB of history going back to 2014. About 2 % of the past claims are labelled as fraud, the labels
arrive with a delay of three months. We think a weekly retraining is enough, maybe monthly once it has settled down.

Money: the board approved at most 4,500 euros per month for running it, all included. We are three engineers, one of
whom knows AWS well; nobody wants to look after Kubernetes. If the service is down the handlers simply go back to the
old way, so 99.5 % availability is fine, but we do need to explain each score to the customer on request and keep the
predictions for five years.

What we do not need: GPUs, images, or anything with chat. The colleagues in Zurich asked for a version in their region
as well, but that is for next year and should not influence the design now. We deploy through GitHub and would like
alerts when the input data drifts or when the share of suspicious claims jumps. Please let us know what else you need
from our side, and which of these points makes it expensive. Best regards, Katrin
"""
