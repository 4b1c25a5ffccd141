import { type Browser, chromium } from "playwright-core";

/** Chromium with microphones that need no question, unless the test asks for the permission's own part in it. */
export function launchBrowser({ asksForDevices = false } = {}): Promise<Browser> {
	return chromium.launch({
		executablePath: process.env.INLAY_CHROMIUM ?? "/usr/bin/chromium",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--use-fake-device-for-media-stream",
			...(asksForDevices ? [] : ["--use-fake-ui-for-media-stream"]),
			"--autoplay-policy=no-user-gesture-required",
			"--allow-loopback-in-peer-connection",
		],
	});
}
