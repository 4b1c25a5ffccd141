import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";

const read = (...argv: string[]) => readConfig(argv, {});

function refusal(...argv: string[]): string {
	try {
		read(...argv);
	} catch (error) {
		expect(error).toMatchObject({ code: "config.invalid", exitCode: 10 });
		return (error as Error & { sentence: string }).sentence;
	}
	throw new Error(`${argv.join(" ")} was accepted`);
}

test.each([
	["127.0.0.2", "http://127.0.0.2:8080"],
	["::1", "http://localhost:8080"],
	["127.0.0.1", "http://localhost:8080"],
])("the printed address led nowhere with --host %s", (host, publicUrl) => {
	expect(read("--host", host).publicUrl).toBe(publicUrl);
});

test("with a host that others reach, browsers are told that one", () => {
	expect(read("--no-demo", "--host", "192.0.2.7")).toMatchObject({
		publicUrl: "http://192.0.2.7:8080",
		panelUrl: "http://192.0.2.7:8083",
	});
	expect(read("--no-demo", "--host", "fd00::7").publicUrl).toBe("http://[fd00::7]:8080");
	expect(read("--no-demo", "--host", "0.0.0.0").publicUrl).toBe("http://localhost:8080");
});

test("what can be no address is refused before anything is started", () => {
	expect(refusal("--host", "not an address")).toContain("--host");
});

test("a start said to open an address that no browser opens", () => {
	expect(refusal("--port", "6000")).toContain("--port 6000");
	for (const port of ["5999", "5998", "5997", "10079"]) expect(refusal("--port", port), port).toContain("do not open");
	expect(refusal("--no-demo", "--port", "9000", "--panel-port", "6667")).toContain("6667");
	expect(read("--no-demo", "--port", "5999").port).toBe(5999);
	const origins = ["--public-url", "https://a.example", "--panel-url", "https://b.example"];
	expect(read("--no-demo", "--port", "6000", ...origins).port).toBe(6000);
});

describe("the panel's origin", () => {
	test("is a port of its own beside the API's, under the name by which browsers reach the API", () => {
		expect(read("--port", "9000")).toMatchObject({ panelPort: 9003, panelUrl: "http://localhost:9003" });
		const direct = read("--no-demo", "--port", "9000", "--public-url", "http://10.0.0.7:9000");
		expect(direct.panelUrl).toBe("http://10.0.0.7:9003");
		expect(read("--no-demo", "--port", "80", "--public-url", "http://pc.lan").panelUrl).toBe("http://pc.lan:83");
	});

	test("customer code shared its origin with sign-in, API and console: equal origins are refused", () => {
		const same = ["--public-url", "https://inlay.example.com", "--panel-url", "https://inlay.example.com/"];
		expect(refusal("--no-demo", ...same)).toContain("customers' scripts");
		expect(refusal("--panel-url", "http://localhost:8080")).toContain("--panel-url");
	});

	test("has to be told where a reverse proxy stands in front", () => {
		expect(refusal("--no-demo", "--public-url", "https://inlay.example.com")).toContain(
			"--panel-url, such as https://panel.inlay.example.com",
		);
	});

	test("may share the API's port where host names tell them apart, and only there", () => {
		const names = ["--public-url", "https://inlay.example.com", "--panel-url", "https://panel.example.com"];
		expect(read("--no-demo", "--panel-port", "8080", ...names).panelPort).toBe(8080);
		const schemes = ["--public-url", "https://inlay.example.com", "--panel-url", "http://inlay.example.com"];
		expect(refusal("--no-demo", "--panel-port", "8080", ...schemes)).toContain("another host name");
	});

	test("does not take a port of the demo", () => {
		expect(refusal("--panel-port", "8082")).toContain("the demo takes");
		expect(read("--no-demo", "--panel-port", "8082").panelPort).toBe(8082);
	});
});

describe("the demo is for this machine", () => {
	test.each(["0.0.0.0", "::", "192.168.1.7", "pc.lan"])("listening on %s is refused", (host) => {
		expect(refusal("--host", host)).toMatch(/demo.*--host.*--demo-for-everyone/);
		expect(read("--host", host, "--demo-for-everyone").host).toBe(host);
		expect(read("--host", host, "--no-demo").host).toBe(host);
	});

	test.each(["127.0.0.1", "127.8.0.1", "::1", "localhost"])("listening on %s is fine", (host) => {
		expect(read("--host", host).host).toBe(host);
	});
});

test.each(["proxy.lan", "10.0.0.0/33", "10.0.0.1/8/8", "10.0.0.1,", "*"])(
	"refuses to trust the proxy %s",
	(proxies) => {
		expect(refusal("--trust-proxy", proxies)).toContain("--trust-proxy");
	},
);
