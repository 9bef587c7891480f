"""What guards a repository of definitions: the action and the pre-commit hook, run on a small repository."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from small_instrument import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the steps of the action are for bash")

MAIN = "questionnaires/plain/v1/questionnaire.yaml"
BARE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
WORDS = [("text: {en: First}", "text: {en: The first}"), ("version: 1.0.0", "version: 1.0.1")]
WEIGHT = ("weight: 1}", "weight: 3}")
GH = """\
#!/usr/bin/env bash
# Stands in for GitHub: keeps what it is told, and knows the comment that is in the file `known`.
here=$(dirname "$0")
printf '%s\\n' "$*" >> "$here/told"
for word in "$@"; do
  case "$word" in
    body=@*) cp "${word#body=@}" "$here/body" ;;
    --jq) if [ -f "$here/known" ]; then cat "$here/known"; fi ;;
  esac
done
"""


def loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (only text)


@dataclass
class Repository:
    """A repository with one definition, on a machine with `cti` and a stand-in for GitHub's `gh`."""

    folder: Path
    programs: Path
    commits: list[str] = field(default_factory=list)

    def git(self, *words: str) -> str:
        who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
        command = ["git", *who, *words]
        done = subprocess.run(
            command, cwd=self.folder, env=os.environ | BARE, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(self, text: str, name: str = MAIN) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", f"change {len(self.commits)}")
        self.commits.append(self.git("rev-parse", "HEAD"))

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A step with `shell: bash`, called as runners call it."""
        path = os.pathsep.join([str(self.programs), os.environ["PATH"]])
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | BARE | {"PATH": path, "PYTHONUTF8": "1"} | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    programs, folder = tmp_path / "bin", tmp_path / "repository"
    programs.mkdir()
    folder.mkdir()
    cti = f'#!/usr/bin/env bash\nexec {shlex.quote(sys.executable)} -m ctimaturity "$@"\n'
    for name, text in (("cti", cti), ("gh", GH)):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    made = Repository(folder, programs)
    made.git("init", "--quiet")
    made.commit(plain())
    return made


@dataclass
class Run:
    """The action on the newest commit of a repository, against its first one."""

    action: dict[str, Any]
    repository: Repository
    given: dict[str, str]
    said: str = ""
    status: int = 0
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        temporary = self.repository.programs.parent / "temporary"
        temporary.mkdir(exist_ok=True)
        self.summary = temporary / "summary"
        for step in self.action["runs"]["steps"]:
            if "run" in step and step["name"] != "Install" and self._wanted(step.get("if", "")):
                self._step(step, temporary)
            if self.status:
                break

    def _step(self, step: dict[str, Any], temporary: Path) -> None:
        output = temporary / "output"
        output.write_text("", encoding="utf-8")
        done = self.repository.run(
            step["run"],
            RUNNER_TEMP=str(temporary),
            GITHUB_OUTPUT=str(output),
            GITHUB_STEP_SUMMARY=str(self.summary),
            GITHUB_REPOSITORY="ministry/definitions",
            **{name: self._filled(text) for name, text in step.get("env", {}).items()},
        )
        self.steps.append(step["name"])
        self.said += done.stdout + done.stderr
        self.status = done.returncode
        lines = output.read_text(encoding="utf-8").splitlines()
        self.outputs[step.get("id", "")] = dict(line.split("=", 1) for line in lines)

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: self._value(found[1]), text)

    def _value(self, name: str) -> str:
        kind, _, rest = name.partition(".")
        if kind == "inputs":
            return str(self.given.get(rest, self.action["inputs"][rest].get("default", "")))
        if kind == "steps":
            step, _, key = rest.partition(".outputs.")
            return self.outputs.get(step, {}).get(key, "")
        return {
            "github.event_name": "pull_request",
            "github.event.pull_request.number": "7",
            "github.repository": "ministry/definitions",
            "github.event.pull_request.head.repo.full_name": "ministry/definitions",
        }[name]

    def _wanted(self, condition: str) -> bool:
        """Conditions of the forms a == b and a != b, joined by &&."""
        for part in filter(None, map(str.strip, condition.split("&&"))):
            left, sign, right = part.split()
            one, two = (word[1:-1] if word[0] == "'" else self._value(word) for word in (left, right))
            if (one == two) is not (sign == "=="):
                return False
        return True


@pytest.fixture
def action(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = loaded(root / "action.yml")
    return found


def run(action: dict[str, Any], repository: Repository, **given: str) -> Run:
    base = {"base": repository.commits[0], "token": "none", "lang": "en"}
    return Run(action, repository, base | given)


class TestAction:
    def test_a_good_change_passes_and_a_second_run_replaces_what_was_told(
        self, action: dict[str, Any], repository: Repository
    ) -> None:
        repository.commit(plain(*WORDS))
        done = run(action, repository)
        assert done.status == 0, done.said
        assert done.steps == ["Check", "Compare", "Comment", "Result"]
        assert "::error" not in done.said
        body = (repository.programs / "body").read_text(encoding="utf-8")
        assert "cosmetic" in body
        assert "The first" in body
        assert body == done.summary.read_text(encoding="utf-8")
        (repository.programs / "known").write_text("4711\n", encoding="utf-8")
        assert run(action, repository, strict="true").status == 1  # its warnings fail only where asked
        told = (repository.programs / "told").read_text(encoding="utf-8").splitlines()
        assert [line.split(" --field")[0] for line in told if "--method" in line] == [
            "api --method POST repos/ministry/definitions/issues/7/comments",
            "api --method PATCH repos/ministry/definitions/issues/comments/4711",
        ]

    def test_a_weight_is_score_breaking_and_shows_who_moves(
        self, action: dict[str, Any], repository: Repository
    ) -> None:
        repository.commit(plain(WEIGHT, ("version: 1.0.0", "version: 2.0.0")))
        done = run(action, repository, synthetic="12")
        assert done.status == 0, done.said
        body = (repository.programs / "body").read_text(encoding="utf-8")
        assert "score-breaking" in body
        assert "- Weight: item a «First»: 1 → 3" in body
        ranks = re.findall(r"\| (\d+) → (\d+) \|", body)
        assert any(before != after for before, after in ranks)

    def test_a_version_that_says_too_little_fails_at_its_line(
        self, action: dict[str, Any], repository: Repository
    ) -> None:
        repository.commit(plain(WEIGHT, ("version: 1.0.0", "version: 1.0.1")))
        done = run(action, repository)
        assert done.status == 1
        assert f"::error file={MAIN},line=4" in done.said
        assert "Q701" in done.said
        assert "Comment" in done.steps

    def test_a_mistake_fails_with_its_place(self, action: dict[str, Any], repository: Repository) -> None:
        repository.commit(plain(("rule: mean\n    item", "rule: meen\n    item"), *WORDS))
        done = run(action, repository)
        assert done.status != 0
        line = plain().splitlines().index("    rule: mean") + 1
        assert re.search(rf"::error file={MAIN},line={line},col=\d+", done.said)

    def test_what_did_not_change_is_not_told(self, action: dict[str, Any], repository: Repository) -> None:
        repository.commit("words\n", "README.md")
        done = run(action, repository)
        assert done.status == 0
        assert not (repository.programs / "body").exists()

    def test_new_definitions_and_single_files_are_seen(
        self, action: dict[str, Any], repository: Repository
    ) -> None:
        repository.commit(plain(("id: plain", "id: other")), "questionnaires/other.yaml")
        done = run(action, repository)
        assert done.status == 0, done.said
        assert "New definition: `questionnaires/other.yaml`" in done.summary.read_text(encoding="utf-8")

    def test_what_had_mistakes_before_may_be_mended(
        self, action: dict[str, Any], repository: Repository
    ) -> None:
        repository.commit(plain(("rule: mean\n    item", "rule: meen\n    item")))
        repository.commits[0] = repository.commits[-1]
        repository.commit(plain())
        done = run(action, repository)
        assert done.status == 0, done.said

    def test_without_a_base_it_only_checks(self, action: dict[str, Any], repository: Repository) -> None:
        assert run(action, repository, base="").steps == ["Check", "Result"]

    def test_it_installs_the_tool_that_it_lies_beside(self, action: dict[str, Any], root: Path) -> None:
        (install,) = [step for step in action["runs"]["steps"] if step.get("name") == "Install"]
        assert install["env"] == {"TOOL": "${{ github.action_path }}"}
        assert shlex.split(install["run"]) == ["python", "-m", "pip", "install", "--quiet", "$TOOL"]
        assert (root / "pyproject.toml").exists()

    def test_nothing_that_others_write_is_pasted_into_a_script(self, action: dict[str, Any]) -> None:
        assert [step["name"] for step in action["runs"]["steps"] if "${{" in step.get("run", "")] == []


class TestHook:
    def test_it_is_whole(self, root: Path) -> None:
        (hook,) = loaded(root / ".pre-commit-hooks.yaml")
        assert {"id", "name", "entry", "language", "files"} <= set(hook)
        assert hook["language"] == "python"
        assert re.search(hook["files"], MAIN)

    @pytest.mark.parametrize(
        ("text", "status"),
        [(plain(*WORDS), 0), (plain(("version: 1.0.0", "version: one")), 1)],
        ids=["good", "bad"],
    )
    def test_it_tells_good_from_bad(self, root: Path, repository: Repository, text: str, status: int) -> None:
        (hook,) = loaded(root / ".pre-commit-hooks.yaml")
        repository.commit(text)
        done = repository.run(shlex.join([*shlex.split(hook["entry"]), *hook["args"]]))
        assert done.returncode == status, done.stdout


def snippets(page: Path) -> Iterator[Any]:
    for block in re.findall(
        r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        yield yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506  (only text)


@pytest.mark.parametrize("name", ["docs/ci.md", "docs/es/ci.md"])
class TestPages:
    def test_every_input_is_explained(self, name: str, root: Path, action: dict[str, Any]) -> None:
        rows = re.findall(r"^\| `([\w-]+)` \|", (root / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert set(rows) == set(action["inputs"])

    def test_what_they_show_exists(self, name: str, root: Path, action: dict[str, Any]) -> None:
        (hook,) = loaded(root / ".pre-commit-hooks.yaml")
        workflow, configuration = snippets(root / name)
        (job,) = workflow["jobs"].values()
        checkout, use = job["steps"]
        assert checkout["with"] == {"fetch-depth": "0"}
        assert set(use["with"]) <= set(action["inputs"])
        assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
        (repository,) = configuration["repos"]
        assert repository["hooks"] == [{"id": hook["id"]}]


def test_findings_may_go_to_code_scanning(repository: Repository) -> None:
    """The line of docs/ci.md that writes SARIF."""
    done = repository.run("cti questionnaire check questionnaires --format sarif > findings.sarif")
    assert done.returncode == 0
    written = json.loads((repository.folder / "findings.sarif").read_text(encoding="utf-8"))
    assert written["version"] == "2.1.0"
