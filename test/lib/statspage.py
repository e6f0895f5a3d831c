# SPDX-License-Identifier: GPL-2.0-or-later
"""Looks at a daemon's page of statistics with a browser.

usage: statspage.py DIRECTORY PORT NAME COMMAND...

The daemon has compiled two jobs; the input of one is called NAME. COMMAND
has it compile another. The browser's files go to DIRECTORY.
"""

import base64
import os
import subprocess
import sys

import webdriver


def check(condition, what):
    if not condition:
        raise SystemExit("statspage.py: not so: " + what)


def compiled(browser):
    """How many jobs there were since the start."""
    return browser.texts("main table tbody tr:last-child td:nth-child(2)")


def check_facts(browser, name):
    check("distccd" in browser.title(), "the title names the program")
    check(browser.texts(".pill")[0] == "serving", "it serves")
    check("2" in compiled(browser), "two jobs were done")
    check(len(browser.texts("figure svg")) == 6, "there are six plots")
    check("/metrics" in browser.texts("footer a"), "there is a link")
    check(name in browser.texts("bdi"), "the odd name is shown as it is")


def check_harmless(browser, origin):
    check(browser.texts("script, img, iframe, object, b[id]") == [],
          "names make no elements")
    check(not browser.has_alert(), "nothing is run")
    asked = browser.requests()
    check(asked, "requests are seen")
    for url in asked:
        check(url.startswith((origin, "data:,")), "nothing else: " + url)
    complaints = browser.log("browser")
    check(complaints == [], "no complaint: %r" % complaints)


def check_phone(browser, picture):
    browser.devtools("Emulation.setDeviceMetricsOverride", width=360,
                     height=740, deviceScaleFactor=2, mobile=True)
    width = browser.devtools("Page.getLayoutMetrics")["cssContentSize"]
    check(width["width"] <= 360, "it fits a phone: %r" % width)
    with open(picture, "wb") as out:
        out.write(base64.b64decode(browser.devtools(
            "Page.captureScreenshot", captureBeyondViewport=True)["data"]))


def look(directory, origin, name, command, scripts):
    with webdriver.Browser(directory, scripts) as browser:
        browser.get(origin)
        check_facts(browser, name)
        if command:
            subprocess.run(command, check=True)
            check(browser.await_true(lambda: "3" in compiled(browser)),
                  "the page is loaded again by itself")
        check_harmless(browser, origin)
        check_phone(browser, os.path.join(directory, "phone.png"))


def main():
    directory, port, name = sys.argv[1:4]
    origin = "http://127.0.0.1:%s/" % port
    for scripts, command in (True, None), (False, sys.argv[4:]):
        look(os.path.join(directory, "scripts-%s" % scripts), origin, name,
             command, scripts)


main()
