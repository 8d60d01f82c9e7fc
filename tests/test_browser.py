"""The pages in a real browser, as ``quotes serve`` gives them: Chromium without a window, driven by Selenium.

Skipped where there is no browser, unless QUOTES_BROWSER=required is set, as it is in CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import FLOOD, flood_claims
from quotes.models import Article, Extent, Run
from quotes.store import Store

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
REQUIRED = os.environ.get("QUOTES_BROWSER") == "required"
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1280,1000",
)  # fmt: skip
HOSTILE = '"><script>document.title="run"</script><img src=x onerror=\'alert(1)\'><svg onload=alert(2)>&lt;b&gt;'

if not REQUIRED:
    pytest.importorskip("selenium", reason="Selenium is not installed: pip install '.[dev]'")
    pytest.importorskip("datasette", reason="Datasette is not installed: pip install '.[web]'")
    if not (CHROMIUM and DRIVER):
        pytest.skip("no Chromium here: apt-get install chromium chromium-driver", allow_module_level=True)

from selenium import webdriver  # noqa: E402
from selenium.common.exceptions import StaleElementReferenceException  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A fresh Chromium."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    with webdriver.Chrome(options, webdriver.ChromeService(DRIVER)) as driver:
        driver.set_page_load_timeout(120)
        yield driver


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with FLOOD, and an article whose every word is hostile."""
    path = tmp_path_factory.mktemp("data") / "claims.db"
    claim = flood_claims()[1]
    places = [(Extent(n * (len(HOSTILE) + 1), n * (len(HOSTILE) + 1) + len(HOSTILE)),) for n in range(3)]
    said = replace(claim.attribution, content=places[0], source=places[1], cue=places[2], lemma=HOSTILE)
    assert claim.resolution.speaker
    who = replace(claim.resolution, speaker=replace(claim.resolution.speaker, name=HOSTILE, role=HOSTILE), mentions=())
    article = Article(
        " ".join([HOSTILE] * 3), id="h", title=HOSTILE, publisher=HOSTILE, published=HOSTILE,
        url="javascript:alert(3)", authors=(HOSTILE,), where=HOSTILE,
    )  # fmt: skip
    with Store(path, create=True) as store:
        store.save(FLOOD, flood_claims(), Run("0.1.0", "by-hand"))
        store.save(article, [replace(claim, attribution=said, resolution=who)], Run("0.1.0", "by-hand"))
    return path


@pytest.fixture(scope="module")
def home(path: Path) -> Iterator[str]:
    """The address that ``quotes serve --edit`` prints."""
    command = [
        sys.executable,
        "-m",
        "quotes_cli",
        "-d",
        str(path),
        "serve",
        "--port",
        "0",
        "--edit",
        "--reviewer",
        "Jo",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr
        yield serving.stderr.readline().strip()
        serving.terminate()


@pytest.fixture
def page(browser: webdriver.Chrome, home: str) -> webdriver.Chrome:
    """The first page, for somebody who may review."""
    browser.get(home)
    return browser


def element(page: webdriver.Chrome, selector: str) -> Any:
    return page.find_element(By.CSS_SELECTOR, selector)


def words(page: webdriver.Chrome, selector: str) -> list[str]:
    return [found.text for found in page.find_elements(By.CSS_SELECTOR, selector)]


def expect(page: webdriver.Chrome, selector: str, *texts: str) -> None:
    """Wait until the next page is there and these are the words of its elements."""

    def there(page: webdriver.Chrome) -> bool:
        return words(page, selector) == list(texts)

    WebDriverWait(page, 60, ignored_exceptions=(StaleElementReferenceException,)).until(there, f"{selector}: {texts}")


def follow(page: webdriver.Chrome, text: str) -> None:
    page.find_element(By.LINK_TEXT, text).click()


def test_from_home_by_search_to_the_article_the_speaker_and_back(page: webdriver.Chrome) -> None:
    assert "token" not in page.current_url
    element(page, "input[type=search]").send_keys("lucky", Keys.ENTER)
    expect(page, ".hit", "lucky")
    follow(page, FLOOD.title or "")
    expect(page, "mark.cue", "told", "said", "did not say", "said", "added", "said")
    assert "Nora Wells, the mayor of Ashby" in words(page, "mark.source")
    assert '"came over the wall before anyone could move,"' in " ".join(words(page, "mark.content"))
    follow(page, "Nora Wells")
    expect(page, "h1", "Nora Wells")
    assert words(page, ".figures dd")[0] == "3"
    element(page, ".timeline a").click()
    expect(page, "#claims h2", "What was said in 2024-03")


def test_an_altered_quotation_is_told_apart(page: webdriver.Chrome) -> None:
    follow(page, "Check")
    expect(page, "h1", "Did anyone say this?")
    element(page, "textarea").send_keys("the wall had [sic] always been checked")
    element(page, "form.check button").click()
    expect(page, "del", "only alleged", "always")
    expect(page, "ins", "only printed", "never")
    assert element(page, ".verdict.wrong h2").text


def test_a_review_of_the_browser_is_seen_in_the_terminal(page: webdriver.Chrome, path: Path) -> None:
    element(page, "input[type=search]").send_keys("lucky", Keys.ENTER)
    expect(page, ".hit", "lucky")
    follow(page, "claim")
    expect(page, "h1", "Nora Wells")
    claim = page.current_url.rpartition("/")[2]
    element(page, ".decide [value=accept]").click()
    expect(page, ".status", "accepted")
    element(page, "input[name=speaker]").clear()
    element(page, "input[name=speaker]").send_keys("Ministry")
    element(page, "[value=speaker]").click()
    expect(page, "h1", "Ministry")
    command = [sys.executable, "-m", "quotes_cli", "-d", str(path), "show", claim]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "corrected" in shown
    assert "Ministry" in shown


def test_hostile_text_raises_no_dialog_and_makes_no_element(page: webdriver.Chrome, path: Path) -> None:
    with Store(path, readonly=True) as store:
        row = list(store.claims())[-1]
    start = page.current_url
    addresses = ("", "articles", "speakers", "unnamed", "search?q=script", f"article/{row['article_uid']}")
    more = (f"claim/{row['claim_id']}", f"speaker/{row['speaker_id']}", "check?words=document+title+run+script")
    for address in (*addresses, *more, "claims/who_said_what"):
        page.get(start + address)
        assert page.title != "run"
        assert ("onerror" in element(page, "body").text) == (address != "unnamed")
        assert page.find_elements(By.CSS_SELECTOR, "[src=x], [onload], [onerror], h1 *:not(a)") == []


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_serious_fault_and_no_page_is_wider_than_the_window(
    page: webdriver.Chrome, path: Path, width: int
) -> None:
    from axe_core_python.selenium import Axe

    with Store(path, readonly=True) as store:
        row = store.claim(2)
    start = page.current_url
    page.set_window_size(width, 900)
    places = ("", "articles", "speakers", "unnamed", "search?q=lucky", "check?words=the+wall+had+always+been+checked")
    about = (f"article/{row['article_uid']}", f"claim/{row['claim_id']}", f"speaker/{row['speaker_id']}", "nothing")
    for address in (*places, *about):
        page.get(start + address)
        found = Axe().run(page)["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
        assert grave == [], address
        assert page.execute_script("return document.documentElement.scrollWidth <= window.innerWidth"), address
    page.set_window_size(1280, 1000)


def test_every_page_is_reached_by_keyboard(page: webdriver.Chrome) -> None:
    element(page, "body").send_keys(Keys.TAB)
    assert page.switch_to.active_element.text == "To the content"
    page.switch_to.active_element.send_keys(Keys.ENTER)
    assert page.current_url.endswith("#main")
