import { type Browser, chromium } from "playwright-core";

/** Chromium with a microphone that needs no question. */
export function launchBrowser(): Promise<Browser> {
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
			"--use-fake-ui-for-media-stream",
			"--autoplay-policy=no-user-gesture-required",
			"--allow-loopback-in-peer-connection",
		],
	});
}
