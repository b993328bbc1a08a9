"""The start warns of a proxy that nobody has counted, and of nothing else."""

import pytest

from machine.serve import refuse_wrong_settings
from renkei.accounts.checks import proxies_are_known


@pytest.mark.parametrize(
    "https, proxies, warned", [(True, 0, ["renkei.W020"]), (True, 1, []), (False, 0, []), (False, 1, [])]
)
def test_https_without_a_counted_proxy_is_warned_of(settings, https, proxies, warned):
    settings.HTTPS_ONLY, settings.PROXIES = https, proxies
    assert [warning.id for warning in proxies_are_known(None)] == warned


@pytest.mark.django_db
def test_the_start_prints_what_it_warns_of_and_goes_on(settings, capsys):
    settings.HTTPS_ONLY, settings.PROXIES = True, 0
    refuse_wrong_settings()
    assert "RENKEI_PROXIES=1" in capsys.readouterr().err
