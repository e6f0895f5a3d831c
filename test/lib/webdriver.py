# SPDX-License-Identifier: GPL-2.0-or-later
"""A headless Chromium, driven by chromedriver, as far as tests need it."""

import http.client
import json
import os
import re
import subprocess
import time

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class WebDriverError(Exception):
    """What chromedriver says did not work; args[0] is the error's name."""


class Browser:
    """Use it in a with statement; nothing of it is left afterwards."""

    def __init__(self, directory, scripts=True):
        profile = os.path.join(directory, "profile")
        os.makedirs(profile)
        environ = dict(os.environ, HOME=directory, TMPDIR=directory)
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], env=environ, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        self.session = None
        try:
            self.port = self.await_port()
            self.session = self.call("POST", "/session", {
                "capabilities": {"alwaysMatch": self.wishes(
                    profile, scripts)}})["sessionId"]
        except BaseException:
            self.close()
            raise

    @staticmethod
    def wishes(profile, scripts):
        options = {"args": [
            "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--disable-background-networking",
            "--no-first-run", "--disable-breakpad",
            "--user-data-dir=" + profile]}
        if not scripts:
            options["prefs"] = {
                "profile.managed_default_content_settings.javascript": 2}
        return {"browserName": "chrome", "goog:chromeOptions": options,
                "unhandledPromptBehavior": "ignore",
                "goog:loggingPrefs": {"browser": "ALL",
                                      "performance": "ALL"}}

    def await_port(self):
        for line in self.driver.stdout:
            match = re.search(r"started successfully on port (\d+)", line)
            if match:
                return int(match.group(1))
        raise WebDriverError("chromedriver does not start")

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port,
                                                timeout=60)
        if self.session is not None:
            path = "/session/%s%s" % (self.session, path)
        data = None if body is None else json.dumps(body)
        connection.request(method, path, data)
        value = json.loads(connection.getresponse().read())["value"]
        connection.close()
        if isinstance(value, dict) and "error" in value:
            raise WebDriverError(value["error"], value.get("message"))
        return value

    def close(self):
        try:
            if self.session is not None:
                self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait(30)
            self.driver.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()

    def get(self, url):
        self.call("POST", "/url", {"url": url})

    def title(self):
        return self.call("GET", "/title")

    def texts(self, css):
        """The texts of all elements that css selects."""
        found = self.call("POST", "/elements",
                          {"using": "css selector", "value": css})
        return [self.call("GET", "/element/%s/text" % e[ELEMENT])
                for e in found]

    def await_true(self, what, seconds=60):
        """Asks what() until it is true; a page may change meanwhile."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if what():
                    return True
            except WebDriverError as error:
                if error.args[0] not in ("stale element reference",
                                         "no such element"):
                    raise
            time.sleep(0.1)
        return False

    def has_alert(self):
        try:
            self.call("GET", "/alert/text")
        except WebDriverError as error:
            if error.args[0] == "no such alert":
                return False
            raise
        return True

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute",
                         {"cmd": command, "params": parameters})

    def log(self, kind):
        return self.call("POST", "/se/log", {"type": kind})

    def requests(self):
        """
        The addresses of all that was asked for since the last call, but
        for what the browser's own first page wants.
        """
        found = []
        for entry in self.log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent" and not \
                    event["params"]["documentURL"].startswith("chrome://"):
                found.append(event["params"]["request"]["url"])
        return found
