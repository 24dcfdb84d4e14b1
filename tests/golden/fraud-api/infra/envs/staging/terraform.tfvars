# The switches of this environment. First apply with everything off; then push the images, train a model, switch on.
enable_endpoint  = false
enable_schedules = false
