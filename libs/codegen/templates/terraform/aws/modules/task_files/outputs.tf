output "volume" {
  description = "File system and access point for the volume of a task; known once it can be mounted."
  value       = { file_system_id = aws_efs_file_system.this.id, access_point_id = aws_efs_access_point.this.id }

  depends_on = [aws_efs_file_system_policy.this, aws_efs_mount_target.this, aws_vpc_security_group_ingress_rule.nfs]
}
