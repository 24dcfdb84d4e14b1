"""Where versions of the model are, which one is in use, and the one that was judged."""

import json
import re
import shutil
import tarfile

import pytest

from fraud_api.jobs import storage
from fraud_api.model.predictor import Predictor
from fraud_api.model.store import (
    ARCHIVE,
    evaluated,
    fetch_evaluated,
    fetch_model,
    publish_model,
)
from fraud_api.running.errors import UsageError


class TestModelStore:
    @pytest.mark.parametrize("form", ["", "/current/", "/versions/{}/"])
    def test_every_form_of_the_address_finds_the_model(self, trained, tmp_path, form):
        version = publish_model(trained.model, str(tmp_path / "models"))
        address = str(tmp_path / "models") + form.format(version)
        assert fetch_model(address, tmp_path / "copy")
        assert Predictor(tmp_path / "copy").version == version

    def test_the_current_archive_holds_the_files_of_the_model(self, trained, tmp_path):
        publish_model(trained.model, str(tmp_path / "models"))
        with tarfile.open(tmp_path / "models" / "current" / ARCHIVE) as archive:
            names = archive.getnames()
        assert sorted(names) == sorted(path.name for path in trained.model.iterdir())

    def test_a_version_that_is_not_there_is_not_another_one(self, trained, tmp_path):
        publish_model(trained.model, str(tmp_path / "models"))
        assert not fetch_model(f"{tmp_path}/models/versions/never", tmp_path / "copy")

    def test_the_newest_version_is_found_by_name(self, trained, tmp_path):
        """Terraform lists these names; see `infra/envs/*/ml.tf`."""
        version = publish_model(trained.model, str(tmp_path / "models"))
        (name,) = (tmp_path / "models" / "promoted").iterdir()
        assert re.fullmatch(rf"[0-9TZ]+-{version}", name.name)

    def test_a_stop_before_the_pointer_leaves_what_a_deployment_finds(
        self, trained, tmp_path, monkeypatch
    ):
        write = storage.write_bytes

        def stopped(uri, content):
            if uri.endswith("/current.json"):
                raise OSError("stopped")
            write(uri, content)

        monkeypatch.setattr(storage, "write_bytes", stopped)
        with pytest.raises(OSError, match="stopped"):
            publish_model(trained.model, str(tmp_path / "models"))
        assert len(list((tmp_path / "models" / "promoted").iterdir())) == 1
        assert not fetch_model(str(tmp_path / "models"), tmp_path / "copy")

    def test_a_version_never_becomes_another_model(self, trained, tmp_path):
        publish_model(trained.model, str(tmp_path / "models"))
        other = tmp_path / "other"
        shutil.copytree(trained.model, other)
        facts = json.loads((other / "model.json").read_text())
        (other / "model.json").write_text(json.dumps({**facts, "seed": -1}))
        with pytest.raises(UsageError, match="another model"):
            publish_model(other, str(tmp_path / "models"))

    def test_the_model_that_was_judged_is_kept_beside_the_one_in_use(self, trained, tmp_path):
        publish_model(trained.model, str(tmp_path / "models"))
        assert fetch_evaluated(str(tmp_path / "models"), tmp_path / "copy")
        kept, judged = (
            json.loads((folder / "model.json").read_text())
            for folder in (tmp_path / "copy", evaluated(trained.model))
        )
        assert kept == judged
        assert not kept["refitted"]

    def test_there_is_none_before_the_first_training(self, tmp_path):
        assert not fetch_model(str(tmp_path / "models" / "current"), tmp_path / "copy")
