import { createRequire } from "node:module";
import { launchChromium } from "./chromium.ts";

export interface SdkPhoneOptions {
	/** Base URL of the API. */
	baseUrl: string;
	/** A user's token; the user needs an associated WebRTC station. */
	token: string;
	/** Address under which the phone's page appears: one of an origin that the server lets call its API. */
	pageUrl: string;
}

/** A user's phone: the unmodified official WebRTC SDK in Chromium, which answers every call that is offered to it. */
export interface SdkPhone {
	/** What the page has logged, for a failing test's message. */
	log(): string;
	close(): Promise<void>;
}

/** The part of the SDK's bundle that the phone's page uses. */
interface PhoneWindow {
	GenesysCloudWebrtcSdk: {
		GenesysCloudWebrtcSdk: new (config: Record<string, unknown>) => PhoneSdk;
	};
}

interface PhoneSdk {
	on(event: string, listener: (session: { conversationId: string }) => void): void;
	initialize(): Promise<void>;
	acceptPendingSession(session: { conversationId: string }): Promise<void>;
}

const bundle = createRequire(import.meta.url)
	.resolve("genesys-cloud-webrtc-sdk/package.json")
	.replace(/package\.json$/, "dist/genesys-cloud-webrtc-sdk.bundle.min.js");

/** Registers the phone; resolves when the SDK says that it is connected. */
export async function startSdkPhone(options: SdkPhoneOptions): Promise<SdkPhone> {
	const browser = await launchChromium();
	const lines: string[] = [];
	try {
		const page = await browser.newPage();
		page.on("console", (message) => lines.push(message.text()));
		page.on("pageerror", (error) => lines.push(String(error)));
		await page.route(options.pageUrl, (route) =>
			route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Phone</title>" }),
		);
		await page.goto(options.pageUrl);
		// The bundle finds its place by its script's address, so it cannot be put in as text.
		const script = new URL("/webrtc-sdk.js", options.pageUrl).href;
		await page.route(script, (route) => route.fulfill({ path: bundle, contentType: "text/javascript" }));
		await page.addScriptTag({ url: script });
		await page.evaluate(register, { baseUrl: options.baseUrl, token: options.token });
	} catch (error) {
		await browser.close();
		throw new Error(`The phone did not register:\n${lines.join("\n")}`, { cause: error });
	}
	return { log: () => lines.join("\n"), close: () => browser.close() };
}

/** Runs in the page. */
async function register({ baseUrl, token }: { baseUrl: string; token: string }): Promise<void> {
	const { GenesysCloudWebrtcSdk } = window as unknown as PhoneWindow;
	const sdk = new GenesysCloudWebrtcSdk.GenesysCloudWebrtcSdk({
		accessToken: token,
		environment: baseUrl,
		wsHost: baseUrl.replace(/^http/, "ws"),
		originAppName: "inlay-e2e",
		originAppVersion: "1",
		originAppId: "inlay-e2e",
		optOutOfTelemetry: true,
		autoConnectSessions: true,
		allowedSessionTypes: ["softphone"],
	});
	sdk.on("pendingSession", (session) => void sdk.acceptPendingSession({ conversationId: session.conversationId }));
	const ready = new Promise<void>((resolve) => sdk.on("ready", () => resolve()));
	await sdk.initialize();
	await ready;
}
