"""What an option says of itself that policies look at: a closed vocabulary, every fact off unless it is stated.

A fact is true when the service has the property in the way we configure it, not when it could be had with more work.
Which facts a rule asks of which slot: `libs/planning/policies/README.md`.
"""

from libs.core.values import Value
from libs.intake.models import Compliance


class Facts(Value):
    """The facts of one option."""

    # Encryption and keys
    encrypted_at_rest: bool = False
    """Everything it keeps, scratch disks and logs included, is encrypted."""
    encrypted_in_transit: bool = False
    """Every connection to and from it uses TLS 1.2 or later."""
    customer_managed_keys: bool = False
    """What it keeps can be encrypted with AWS KMS keys that the customer manages."""
    own_keys: bool = False
    """Gives the design AWS KMS keys of its own, with key policies (slot security)."""
    key_rotation: bool = False
    """Its keys are rotated every year or more often without anybody's doing (slot security)."""
    managed_secrets: bool = False
    """Passwords and tokens stay in AWS Secrets Manager or are not needed; none is in code or variables."""

    # Network
    private_endpoint: bool = False
    """Reachable on private addresses only, directly or through a VPC endpoint."""
    public_endpoint: bool = False
    """Has an endpoint that is reachable from the Internet."""
    internet_egress: bool = False
    """Opens a way out to the Internet (slot network), or needs one (other slots, which then require such a network)."""
    waf: bool = False
    """AWS WAF can be put in front of it, or it is never reachable from the Internet."""

    # Access
    task_roles: bool = False
    """Every task, job or function runs under a role of its own with only the permissions it needs."""
    oidc: bool = False
    """Deploys with short-lived credentials through OpenID Connect or a role; no cloud key is stored (slot cicd)."""
    change_review: bool = False
    """Production changes only after another person's approval (slot cicd)."""

    # Records
    access_logs: bool = False
    """Requests to it, or to what it keeps, are logged with caller and time."""
    audit_trail: bool = False
    """Records AWS API calls, data events of the data stores included, in a log that cannot be altered unseen."""
    step_records: bool = False
    """Every step of a run leaves a record: state, begin, end, error (slot orchestrate)."""
    retries: bool = False
    """Failed steps are tried again with a growing pause (slot orchestrate)."""
    alarms: bool = False
    """Alarms on errors, latency or missing runs tell a person (slot observe)."""
    dashboards: bool = False
    """Has dashboards (slot observe)."""
    threat_detection: bool = False
    """Looks for attacks and misuse on its own, as Amazon GuardDuty does (slot security)."""
    vulnerability_scan: bool = False
    """Code, dependencies and images are scanned for known vulnerabilities before release (slot cicd or security)."""

    # Recovery
    backups: bool = False
    """What it keeps can be restored: backups, versions or snapshots."""
    point_in_time_recovery: bool = False
    """What it keeps can be restored to a chosen moment."""
    deletion_protection: bool = False
    """Can be guarded against deletion by mistake."""
    multi_az: bool = False
    """Spread over several availability zones, or can be."""

    # Data
    versioned: bool = False
    """Keeps earlier versions of what is written (slots store, registry)."""
    expires_data: bool = False
    """Deletes by itself what is older than the retention time (slots ingest, store, features)."""
    row_deletion: bool = False
    """The records of one person can be found and deleted (slots store, features, vector_store)."""
    data_leaves_account: bool = False
    """Data of the workload goes to another company than AWS."""
    data_leaves_region: bool = False
    """Data of the workload may be processed or kept outside the chosen region."""
    trains_on_inputs: bool = False
    """The provider may train models of its own on what it is sent."""

    # Models
    lineage: bool = False
    """A model version leads back to code, data and parameters (slot registry)."""
    approval: bool = False
    """Model versions carry an approval status that deployment reads (slot registry)."""
    rollback: bool = False
    """The version before can be put back without building it anew (slot registry or serve)."""
    drift_monitor: bool = False
    """Inputs and predictions are compared with the training data, and drift raises an alarm (slot observe)."""
    explanations: bool = False
    """A single prediction can be explained, as with SHAP values (slot serve)."""

    # Language models
    content_filter: bool = False
    """Filters harmful inputs and outputs, and attempts to change the instructions (slot guardrails)."""
    pii_redaction: bool = False
    """Finds and masks personal data in inputs and outputs (slot guardrails)."""
    prompt_logging: bool = False
    """Inputs and outputs of the model are kept for review, in the account (slots llm, guardrails)."""
    evaluation_set: bool = False
    """Answers are scored on a fixed set of questions before release (slot evaluation)."""

    # Money and regimes
    budgets: bool = False
    """Spending beyond a limit tells a person (slot observe or security)."""
    tags: bool = False
    """Its resources can be tagged, and the tags show in the bill."""
    compliance: tuple[Compliance, ...] = ()
    """Regimes in whose scope the provider has the service; for GDPR and LAW25: under a data processing agreement."""
