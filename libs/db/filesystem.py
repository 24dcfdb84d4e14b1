"""Whether a folder lies on a network filesystem, where SQLite's locks and shared memory do not hold."""

from pathlib import Path

from libs.db.errors import UnsupportedFilesystem

MOUNTS = Path("/proc/self/mounts")

NETWORK_FILESYSTEMS = frozenset(
    {
        *(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "afs",
            "ncpfs",
            "ceph",
            "lustre",
            "beegfs",
            "glusterfs",
            "gpfs",
        ),
        *(
            "ocfs2",
            "gfs2",
            "davfs",
            "fuse.sshfs",
            "fuse.glusterfs",
            "fuse.s3fs",
            "fuse.rclone",
            "fuse.davfs2",
        ),
        *("fuse.gcsfuse", "fuse.goofys", "fuse.mount-s3", "fuse.cephfs", "fuse.juicefs", "fuse.blobfuse2"),
    }
)


def filesystem_of(path: Path, mounts: str) -> str | None:
    """The type of the filesystem that holds an absolute path, from the text of a mount table."""
    found: tuple[int, str] | None = None
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        # A later mount on the same point hides the earlier one.
        if path.is_relative_to(point) and (found is None or len(point.parts) >= found[0]):
            found = (len(point.parts), fields[2])
    return found[1] if found else None


def refuse_network_filesystem(folder: Path, mounts: Path = MOUNTS) -> None:
    """Raises UnsupportedFilesystem for a folder on a network filesystem; unknown systems are let through."""
    if not mounts.is_file():
        return
    kind = filesystem_of(folder.resolve(), mounts.read_text(errors="replace"))
    if kind in NETWORK_FILESYSTEMS:
        raise UnsupportedFilesystem(
            f"SQLite cannot live on a network filesystem, and {folder} is on {kind}.",
            advice="Put AGENTIC_MLOPS_HOME on a local disk, or set AGENTIC_MLOPS_DATABASE_URL to PostgreSQL.",
            folder=str(folder),
            filesystem=kind,
        )
