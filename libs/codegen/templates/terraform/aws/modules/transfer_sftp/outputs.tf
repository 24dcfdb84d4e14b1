output "bucket" {
  description = "Landing bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}

output "endpoint" {
  description = "Host name that partners connect to, on port 22."
  value       = aws_transfer_server.this.endpoint
}

output "host_key_fingerprint" {
  description = "Fingerprint of the server's key, for partners to compare."
  value       = aws_transfer_server.this.host_key_fingerprint
}

output "addresses" {
  description = "Fixed addresses behind the host name, for the partners' firewalls."
  value       = [for address in aws_eip.this : address.public_ip]
}
