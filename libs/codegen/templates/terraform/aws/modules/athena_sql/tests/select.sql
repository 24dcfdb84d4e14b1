SELECT * FROM ${training}
