# The switches of this environment. Deploy with everything off; then train a model, then switch on (docs/runbooks/deploy.md).
enable_endpoint  = false
enable_schedules = false
