"""Put ``resources/`` into the installed package; everything else stands in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithResources(build_py):
    """Copies the resources to ``privdesk/_resources``, where an installed program finds them."""

    def run(self) -> None:
        """Build the modules, then copy; an editable install reads the resources in place."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib, "privdesk", "_resources")
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree("resources", target)


setup(cmdclass={"build_py": BuildWithResources})
