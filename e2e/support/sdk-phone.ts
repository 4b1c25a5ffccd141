import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { launchChromium } from "../../scripts/testing/chromium.ts";
import { giveTone } from "./tone-page.ts";

export interface SdkPhoneOptions {
	/** Base URL of the API. */
	baseUrl: string;
	/** A user's token; the user needs an associated WebRTC station. */
	token: string;
	/** A tone that its microphone sends instead of the browser's fake one; `heardLevel` of tone-page.ts then measures it. */
	hz?: number;
}

/** A user's phone: the unmodified official WebRTC SDK in Chromium, which answers every call that is offered to it. */
export interface SdkPhone {
	page: Page;
	/** Conversations of the SDK's events so far, as `event id`. */
	events(): Promise<string[]>;
	/** Calls one of the SDK's own methods, e.g. `setAudioMute`. */
	sdk(method: string, params: Record<string, unknown>): Promise<void>;
	/** What the page has logged, for a failing test's message. */
	log(): string;
	close(): Promise<void>;
}

/** The part of the SDK's bundle that the phone's page uses. */
interface PhoneWindow {
	sdk: PhoneSdk;
	events: string[];
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
	const site = await servePage();
	const browser = await launchChromium();
	const close = async () => {
		await browser.close();
		site.close();
	};
	const lines: string[] = [];
	try {
		const page = await browser.newPage();
		page.on("console", (message) => lines.push(message.text()));
		page.on("pageerror", (error) => lines.push(String(error)));
		if (options.hz) await giveTone(page, options.hz);
		await page.goto(site.url);
		await page.evaluate(register, { baseUrl: options.baseUrl, token: options.token });
		return {
			page,
			events: () => page.evaluate(() => (window as unknown as PhoneWindow).events),
			sdk: (method, params) => page.evaluate(callSdk, { method, params }),
			log: () => lines.join("\n"),
			close,
		};
	} catch (error) {
		await close();
		throw new Error(`The phone did not register:\n${lines.join("\n")}`, { cause: error });
	}
}

/** Runs in the page. */
async function callSdk({ method, params }: { method: string; params: Record<string, unknown> }): Promise<void> {
	const { sdk } = window as unknown as PhoneWindow;
	await (sdk as unknown as Record<string, (params: unknown) => Promise<unknown>>)[method]?.call(sdk, params);
}

/**
 * A page on a port of its own: Chromium lets only pages that come from loopback themselves call a server there, and the
 * bundle finds its parts by its script's address. The demo organisation lets pages of any local port call its API.
 */
async function servePage(): Promise<{ url: string; close(): void }> {
	const script = await readFile(bundle);
	const server = createServer((request, response) => {
		const isScript = request.url === "/webrtc-sdk.js";
		response.setHeader("content-type", isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8");
		response.end(isScript ? script : '<!doctype html><title>Phone</title><script src="/webrtc-sdk.js"></script>');
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	return { url: `http://localhost:${port}/`, close: () => server.close() };
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
	const phone = window as unknown as PhoneWindow;
	phone.sdk = sdk;
	phone.events = [];
	for (const event of ["pendingSession", "sessionStarted", "sessionEnded"]) {
		sdk.on(event, (session) => phone.events.push(`${event} ${session.conversationId}`));
	}
	sdk.on("pendingSession", (session) => void sdk.acceptPendingSession({ conversationId: session.conversationId }));
	const ready = new Promise<void>((resolve) => sdk.on("ready", () => resolve()));
	await sdk.initialize();
	await ready;
}
