/** `inlay dev`: a script that is being written, in a real panel, live at each save, with an inspector beside it. */
import { spawn } from "node:child_process";
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { StartError } from "@inlay/core/config/start-error";
import { wantsIsolation } from "@inlay/framework";
import { waitForStop } from "../stop-request.ts";
import { bundlePage, controlStyles } from "./bundle-page.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { devPage } from "./dev-page.ts";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { Meeting } from "./meeting.ts";
import { firstVersion } from "./page-names.ts";
import type { Entry, SourcePlace } from "./protocol.ts";
import { openTarget, type Target, type TargetOptions } from "./target.ts";
import { testOf } from "./test-of.ts";
import { Versions } from "./versions.ts";

export interface DevOptions extends TargetOptions {
	devPort?: number;
	open?: boolean;
	httpsCert?: string;
	httpsKey?: string;
	httpsPort?: number;
}

const usualPort = 4300;
const usualHttpsPort = 4343;
const isolationNote =
	"settings.isolation does not hold here: the script runs in the panel's window, and has what an isolated one lacks (docs/isolation.md).";
const usualNames = ["framework.ts", "framework.js"];

/** Runs until it is asked to stop. Rejects with StartError. */
export async function develop(given: string | undefined, options: DevOptions, env: NodeJS.ProcessEnv): Promise<void> {
	const stopRequest = waitForStop(env);
	const file = await findScript(given);
	const session = new DevSession(file);
	const certificate = await certificateOf(options);
	const target = await openTarget(options, env);
	const https = certificate && { port: options.httpsPort ?? usualHttpsPort, certificate };
	const server = await session.serve(target, options.devPort ?? usualPort, https);
	if (target.joined) console.log(`The Inlay that runs at ${target.joined} already is used, with what is in it.`);
	console.log(`${file} runs in the panel: open ${server.origin}/ in a browser. Ctrl-C stops it.`);
	if (server.secureOrigin) console.log(`For panels elsewhere, as last saved: ${server.secureOrigin}/framework.js`);
	if (options.open) openBrowser(`${server.origin}/`);
	const failure = await Promise.race([stopRequest.promise, target.failed]);
	session.close();
	await server.close();
	await target.stop();
	if (failure) throw failure;
	process.exit(0);
}

/** The script, who follows it, and what the terminal is told. */
class DevSession {
	readonly #versions: Versions;
	readonly #meeting: Meeting;
	#said = "";

	constructor(file: string) {
		this.#versions = new Versions({
			file,
			published: (version, mayReplace) => this.#meeting.publish(version, mayReplace),
			changed: () => {
				this.#report();
				this.#meeting.tellState();
			},
		});
		this.#meeting = new Meeting({ versions: () => this.#versions, say: (sentence) => console.log(sentence) });
	}

	async serve(
		target: Target,
		port: number,
		https: { port: number; certificate: Certificate } | undefined,
	): Promise<DevServer> {
		const [, tap, inspector, styles] = await Promise.all([
			this.#versions.open({ withoutGuards: target.withoutGuards }),
			bundlePage("./in-panel/main"),
			bundlePage("./inspector/main"),
			controlStyles(),
		]);
		let page = "";
		const files: Record<string, () => { type: string; body: string | undefined }> = {
			"/": () => ({ type: "text/html", body: page }),
			"/inspector": () => ({ type: "text/html", body: devPage(undefined, styles) }),
			"/inspector.js": () => ({ type: "text/javascript", body: inspector }),
			"/panel.js": () => ({
				type: "text/javascript",
				body: `window.${firstVersion}=${this.#versions.state.version};${tap}`,
			}),
		};
		const server = await startDevServer({
			port,
			panelOrigin: target.panelOrigin,
			meeting: this.#meeting,
			answer: (path) => {
				const version = /^\/script\/(\d+)\.js$/.exec(path)?.[1];
				const found = version
					? { type: "text/javascript", body: this.#versions.script(Number(version)) }
					: Object.hasOwn(files, path) && files[path]?.();
				return found && found.body !== undefined ? { type: found.type, body: found.body } : undefined;
			},
			ask: (path, body) => this.#ask(path, body),
			...(https ? { https: { ...https, script: () => this.#versions.alone } } : {}),
		});
		const shown = target.pageFor(`${server.origin}/panel.js`);
		page = devPage(shown, styles);
		// The panel itself, where there is no CRM to show it in: the page of inlay dev is around it.
		const { origin } = new URL(shown);
		this.#meeting.shownOrigin = origin === target.panelOrigin ? server.origin : origin;
		return server;
	}

	async #ask(path: string, body: unknown): Promise<unknown> {
		if (path !== "/test") throw new Error("There is nothing here.");
		const source = this.#versions.newest;
		if (!source) throw new Error("There is no script that could run.");
		return { test: await testOf(body as Entry, { ...this.#meeting.around, file: this.#versions.state.file, source }) };
	}

	close(): void {
		this.#versions.close();
	}

	/** What is wrong with the script, once for each time that it is something else. */
	#report(): void {
		const { failure, findings, file } = this.#versions.state;
		const lines = [
			...(wantsIsolation(this.#versions.newest) ? [`${file}: note: ${isolationNote}`] : []),
			...(failure ? [`${placeText(failure.place, file)}: error: ${failure.message} What was live stays live.`] : []),
			...findings.map(
				({ severity, message, code, place }) => `${placeText(place, file)}: ${severity}: ${message} [${code}]`,
			),
		];
		const text = lines.join("\n");
		if (text !== this.#said && text !== "") console.error(text);
		this.#said = text;
	}
}

async function certificateOf({ httpsCert, httpsKey, httpsPort }: DevOptions): Promise<Certificate | undefined> {
	if (httpsCert !== undefined && httpsKey !== undefined) return readCertificate(httpsCert, httpsKey);
	if (httpsCert === undefined && httpsKey === undefined && httpsPort === undefined) return undefined;
	throw new StartError("config.invalid", "--https-cert and --https-key belong together: name the files of both.");
}

function placeText(place: SourcePlace | undefined, file: string): string {
	return place ? `${place.file}:${place.line}:${place.column}` : file;
}

async function findScript(given: string | undefined): Promise<string> {
	for (const name of given === undefined ? usualNames : [given]) {
		const isThere = await access(resolve(name)).then(
			() => true,
			() => false,
		);
		if (isThere) return name;
	}
	const wanted = given ?? usualNames.join(" or ");
	throw new StartError(
		"config.invalid",
		`There is no ${wanted} here. Say which script it is: inlay dev my-framework.js`,
	);
}

function openBrowser(address: string): void {
	const opener = process.platform === "darwin" ? "open" : "xdg-open";
	const child = spawn(opener, [address], { stdio: "ignore", detached: true });
	child.on("error", () => console.error(`No browser could be opened: open ${address} yourself.`));
	child.unref();
}
