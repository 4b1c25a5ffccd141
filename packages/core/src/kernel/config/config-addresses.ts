import { BlockList, isIP } from "node:net";
import { blockedPort } from "./blocked-ports.ts";
import type { FlagName } from "./config-flags.ts";
import { bad, highestPort, readPort, readSwitch, type Settings } from "./config-values.ts";

/** Where Inlay listens, and where browsers find it. */
export interface Addresses {
	/** TCP port of API, sign-in and administration; the demo takes the next two. */
	readonly port: number;
	/** TCP port of the panel. The same as `port` where a reverse proxy sends two host names to one port. */
	readonly panelPort: number;
	/** Address that the servers listen on; loopback by default. */
	readonly host: string;
	/** Origin under which browsers reach API, sign-in and administration, without a slash at its end. */
	readonly publicUrl: string;
	/** Origin under which browsers reach the panel. Customers' scripts run there, so it is never that of `publicUrl`. */
	readonly panelUrl: string;
	/** Reverse proxies, as addresses or networks, that are believed when they say whose request they pass on. */
	readonly trustProxy: readonly string[];
}

/** The demo's two servers listen on the ports behind the API's, the panel on the one behind these. */
const portsOfDemo = 2;
const panelBehind = portsOfDemo + 1;

/** @throws StartError "config.invalid" naming the flag or variable that is wrong */
export function readAddresses(setting: Settings, demo: boolean): Addresses {
	const behind = setting("panel-port") ? (demo ? portsOfDemo : 0) : panelBehind;
	const port = readPort(setting, "port", highestPort - behind);
	const addresses = withOrigins(setting, port ?? 8080, readHost(setting));
	refuseOneOrigin(addresses);
	refuseBlockedPorts(addresses, demo);
	if (demo) refuseBusyPort(addresses);
	if (demo && !readSwitch(setting, "demo-for-everyone", false)) refuseOpenDemo(addresses.host);
	return addresses;
}

function readHost(setting: Settings): string {
	const given = setting("host");
	if (!given) return "127.0.0.1";
	if (isIP(given.value) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(given.value)) return given.value;
	throw bad(
		`${given.source} must be an address of this machine, such as 127.0.0.1, or its name, not "${given.value}".`,
	);
}

function withOrigins(setting: Settings, port: number, host: string): Addresses {
	const panelPort = readPort(setting, "panel-port", highestPort) ?? port + panelBehind;
	const publicUrl = readOrigin(setting, "public-url") ?? new URL(`http://${nameOf(host)}:${port}`).origin;
	const panelUrl = readOrigin(setting, "panel-url") ?? panelBeside(publicUrl, port, panelPort);
	return { port, panelPort, host, publicUrl, panelUrl, trustProxy: readProxies(setting) };
}

/** By what browsers on this machine reach what listens there. */
export function nameOf(host: string): string {
	if (["127.0.0.1", "::1", "0.0.0.0", "::"].includes(host)) return "localhost";
	return isIP(host) === 6 ? `[${host}]` : host;
}

/** Where browsers reach the API's port itself, they reach the panel's by the same name; a reverse proxy has to be told. */
function panelBeside(publicUrl: string, port: number, panelPort: number): string {
	const { protocol, hostname, port: publicPort } = new URL(publicUrl);
	if (protocol === "http:" && Number(publicPort || 80) === port)
		return new URL(`http://${hostname}:${panelPort}`).origin;
	throw bad(
		`With --public-url ${publicUrl}, the panel needs an origin of its own too: --panel-url, such as ${protocol}//panel.${hostname}.`,
	);
}

function refuseOneOrigin({ publicUrl, panelUrl, port, panelPort }: Addresses): void {
	if (publicUrl === panelUrl) {
		throw bad(
			`The panel cannot share the origin ${publicUrl} with sign-in and API: customers' scripts run in it. Give --panel-url another host name or port.`,
		);
	}
	if (port === panelPort && new URL(publicUrl).host === new URL(panelUrl).host) {
		throw bad(
			`--panel-port can be the API's port ${port} only if --panel-url has another host name than ${publicUrl}.`,
		);
	}
}

/** Only those by which browsers come themselves, and not by a reverse proxy. */
function refuseBlockedPorts({ publicUrl, panelUrl, port, panelPort }: Addresses, demo: boolean): void {
	const reached = [publicUrl, panelUrl].map((origin) => Number(new URL(origin).port));
	const ports = [...(demo ? [port + 1, port + portsOfDemo] : []), port, panelPort];
	const found = blockedPort(
		ports.filter((one) => (demo && one > port && one <= port + portsOfDemo) || reached.includes(one)),
	);
	if (found === undefined) return;
	const whose = found === port ? `--port ${port}` : `Port ${found}, which follows from --port ${port} or --panel-port,`;
	throw bad(`${whose} is one that browsers do not open. Choose another, such as 8080.`);
}

function refuseBusyPort({ port, panelPort }: Addresses): void {
	if (panelPort > port && panelPort <= port + portsOfDemo) {
		throw bad(`--panel-port ${panelPort} is one of the two behind ${port} that the demo takes. Choose another.`);
	}
}

/** Whoever reaches a demo can sign in as its administrator. */
function refuseOpenDemo(host: string): void {
	if (isLoopback(host)) return;
	throw bad(
		`The demo signs everybody in without a password, and --host ${host} lets others reach it. Use --no-demo, or --demo-for-everyone if that is what you want.`,
	);
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether only this machine reaches what listens there. */
export function isLoopback(host: string): boolean {
	const family = isIP(host);
	return family === 0 ? host === "localhost" : loopback.check(host, family === 6 ? "ipv6" : "ipv4");
}

function readOrigin(setting: Settings, name: FlagName): string | undefined {
	const given = setting(name);
	if (!given) return undefined;
	const url = URL.parse(given.value);
	const isOrigin = url && ["http:", "https:"].includes(url.protocol) && `${url.origin}/` === url.href;
	if (isOrigin) return url.origin;
	throw bad(
		`${given.source} must be an origin such as https://inlay.example.com: scheme, host and port, nothing behind.`,
	);
}

function readProxies(setting: Settings): string[] {
	const given = setting("trust-proxy");
	const wanted = given?.value.split(",").map((one) => one.trim()) ?? [];
	const wrong = wanted.find((one) => !isNetwork(one));
	if (wrong === undefined) return wanted;
	throw bad(
		`${given?.source} must be addresses or networks with commas, such as 10.0.0.5,192.168.0.0/16, not "${wrong}".`,
	);
}

/** `10.0.0.5`, `192.168.0.0/16`, `fd00::/8`. */
function isNetwork(text: string): boolean {
	const [address = "", bits, more] = text.split("/");
	const family = isIP(address);
	if (family === 0 || more !== undefined) return false;
	return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}
