import { type Browser, chromium } from "playwright-core";

/**
 * What Playwright 1.65 disables itself: Chromium heeds the last list alone, so ours repeats it. `chromium.test.mjs`
 * compares.
 */
export const disabledByPlaywright = [
	"AvoidUnnecessaryBeforeUnloadCheckSync",
	"DestroyProfileOnBrowserClose",
	"HttpsUpgrades",
	"HttpsFirstBalancedModeAutoEnable",
	"LensOverlay",
	"MediaRouter",
	"PaintHolding",
	"ThirdPartyStoragePartitioning",
	"AvoidCorsURLLoaderRestartOnRedirect",
	"TcpPortRandomizationWin",
	"OptimizationHints",
	"NetworkTimeServiceQuerying",
	"AimEnabled",
	"PreconnectToSearch",
	"msForceBrowserSignIn",
	"msEdgeUpdateLaunchServicesPreferredVersion",
];

/**
 * Each window of Chromium loads two pages for its address bar, which nobody here sees, and keeps an empty process for the next
 * address: half of what opening a page costs.
 */
const aroundThePage = [
	"InitialWebUI",
	"PreloadTopChromeWebUI",
	"SpareRendererForSitePerProcess",
	"WebUIOmniboxAimPopup",
	"WebUIOmniboxFullPopup",
	"WebUIOmniboxPopup",
	"WebUIReloadButton",
];

/**
 * The Chromium of all browser tests, with a fake microphone and without traffic of its own.
 *
 * @param asksForDevices the page asks for the microphone as it does of people, instead of being given it
 */
export function launchChromium({ asksForDevices = false } = {}): Promise<Browser> {
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
			"--autoplay-policy=no-user-gesture-required",
			"--use-fake-device-for-media-stream",
			...(asksForDevices ? [] : ["--use-fake-ui-for-media-stream"]),
			"--allow-loopback-in-peer-connection",
			`--disable-features=${[...disabledByPlaywright, ...aroundThePage].join(",")}`,
		],
	});
}
