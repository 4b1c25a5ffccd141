import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { installRecording } from "./recorded-page.ts";

/**
 * Firefox (Debian's) by WebDriver BiDi, without traffic of its own; otherwise as people have it.
 * @param hz its fake microphone sends one tone
 */
export function launchFirefox(hz: number): Promise<Browser> {
	return puppeteer.launch({
		browser: "firefox",
		executablePath: process.env.INLAY_FIREFOX ?? "/usr/bin/firefox-esr",
		headless: true,
		defaultViewport: { width: 1280, height: 800 },
		extraPrefsFirefox: {
			"media.navigator.streams.fake": true,
			"media.navigator.audio.fake_frequency": hz,
			"media.navigator.permission.disabled": true,
			"media.autoplay.default": 0,
			"media.autoplay.blocking_policy": 0,
			"network.captive-portal-service.enabled": false,
			"network.connectivity-service.enabled": false,
			"datareporting.policy.dataSubmissionEnabled": false,
		},
	});
}

/** A page that can be listened to (recorded-page.ts). */
export async function listenedPage(browser: Browser): Promise<Page> {
	const page = await browser.newPage();
	await page.evaluateOnNewDocument(installRecording);
	return page;
}
