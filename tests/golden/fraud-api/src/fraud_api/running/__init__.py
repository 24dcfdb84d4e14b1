"""How a stage is run: plan, inputs, progress, results, stopping."""
