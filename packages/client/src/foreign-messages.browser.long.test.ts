import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import type { Frame } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { complaints, fake, newPage, page, testPanel } from "./test-support/panel-page.ts";

testPanel();
beforeEach(() => newPage());

/** Says aloud what it hears, and does what its page asks. */
const script = `function post(type, data) { window.parent.postMessage(JSON.stringify({ type: type, data: data }), "*"); }
window.Framework = {
	config: { name: "listens", clientIds: {}, settings: {}, getUserLanguage: function (callback) { callback("en-US"); } },
	initialSetup: function () { post("setup"); },
	screenPop: function () {},
};
window.addEventListener("message", function (event) {
	if (event.source === window.parent && event.data === "status") window.PureCloud.User.updateStatus({ id: "p-available" });
	else if (event.source !== window.parent && event.origin !== window.location.origin) post("stranger", event.origin);
});`;

describe("foreign messages", { timeout: 120_000 }, () => {
	const crm = () => fake.base.replace("localhost", "127.0.0.1");
	/** The page in which the panel is: with it are a window of another site, and one more of its own. */
	const hostPage =
		() => `<script>received = []; addEventListener("message", (event) => received.push(event.data));</script>
<iframe width="320" height="520" src="${fake.panel(`&crm_domain=${encodeURIComponent(crm())}`)}"></iframe>
<iframe src="https://evil.example/"></iframe><iframe srcdoc="its own"></iframe>
<iframe name="empty"></iframe><iframe name="same" sandbox="allow-scripts allow-same-origin" srcdoc="of this origin"></iframe>
<iframe name="deep" srcdoc="<iframe name='deeper' sandbox='allow-scripts' srcdoc='<iframe name=deepest></iframe>'></iframe>"></iframe>
<iframe name="data" src="data:text/html,of no origin"></iframe><iframe name="sandboxed" sandbox="allow-scripts" srcdoc="of none either"></iframe>
<script>for (const name of ["blob"]) document.write('<iframe name="' + name + '" src="' + URL.createObjectURL(new Blob(["of this origin"], { type: "text/html" })) + '"></iframe>')</script>`;
	const opened = async (switches: Record<string, boolean>, hosts: string[]) => {
		fake.state.script = script;
		fake.state.switches = switches;
		fake.state.hosts = hosts;
		fake.state.host = hostPage();
		fake.state.signsInAtOnce = true;
		await page.route("https://evil.example/", (route) =>
			route.fulfill({ body: 'elsewhere<iframe name="nested" srcdoc="in it"></iframe>', contentType: "text/html" }),
		);
		await page.goto(`${crm()}/host`);
		await page.frameLocator("iframe >> nth=0").locator("[data-status]").waitFor();
	};
	const frameBy = (find: (url: string, name: string) => boolean): Frame => {
		const frame = page.frames().find((each) => find(each.url(), each.name()));
		if (!frame) throw new Error(`There is no such frame: ${page.frames().map((each) => each.url())}`);
		return frame;
	};
	/** All that a window can say, to the windows that it gives by name. @returns how many */
	const say = async (from: Frame, what: "foreignMessages" | "malformedMessages", to: string): Promise<number> => {
		const source = await readFile(new URL("./framework/hostile/foreign-messages.ts", import.meta.url), "utf8");
		const code = Buffer.from(stripTypeScriptTypes(source)).toString("base64");
		return from.evaluate(`(async () => {
			const messages = (await import("data:text/javascript;base64,${code}")).${what}();
			for (const message of messages)
				for (const target of [${to}]) {
					// By the window, and by the port that it is handed.
					const { port1, port2 } = new MessageChannel();
					target.postMessage(message, "*", [port2]);
					port1.postMessage(message);
				}
			return messages.length * [${to}].length;
		})()`);
	};
	/** What would be otherwise had one of them done something. */
	const state = async () => ({
		asked: fake.state.log
			.filter(({ path }) => !/reports|clientlogs?|logs?$/i.test(path))
			.map(({ path, body }) => `${path} ${JSON.stringify(body)}`),
		windows: page.context().pages().length,
		received: await page.evaluate<string[]>("received"),
	});

	it.each([
		["panel's window", false],
		["isolated frame", true],
	])(
		"of another frame, origin or shape do nothing to the script's %s, and the right one does",
		async (_window, isolation) => {
			await opened({ isolation, directMessages: true }, [crm()]);
			await expect.poll(() => page.evaluate("received")).toContainEqual(expect.stringContaining("setup"));
			// A script is set up before the panel has opened all that it opens by itself.
			await expect.poll(async () => (await state()).asked.join()).toContain("/notifications/channels");
			const before = await state();
			const windows = isolation ? "top.frames[0], top.frames[0].frames[0]" : "top.frames[0]";
			const said = [
				await say(
					frameBy((url) => url.startsWith("https://evil.example")),
					"foreignMessages",
					windows,
				),
				await say(
					frameBy((url, name) => url === "about:srcdoc" && name === ""),
					"foreignMessages",
					windows,
				),
				await say(page.mainFrame(), "malformedMessages", "frames[0]"),
			];
			// Frames of no origin, of this origin, in a frame of another, and a window that the page has opened.
			for (const name of ["data", "sandboxed", "blob", "nested", "empty", "same", "deep", "deeper", "deepest"])
				said.push(
					await say(
						frameBy((_url, each) => each === name),
						"foreignMessages",
						windows,
					),
				);
			const opening = page.waitForEvent("popup");
			await page.evaluate(`void open("/host-popup", "popup")`);
			const popup = await opening;
			await popup.waitForLoadState();
			said.push(await say(popup.mainFrame(), "foreignMessages", windows.replaceAll("top.", "opener.")));
			await popup.close();
			// Whoever shares the origin shares its channels, too.
			await frameBy((url, name) => url === "about:srcdoc" && name === "").evaluate(() => {
				for (const name of ["inlay", "inlay-desk", "phone"])
					new BroadcastChannel(name).postMessage({ type: "PureCloud.User.updateStatus", data: { id: "p-meal" } });
			});
			expect(said.reduce((sum, each) => sum + each)).toBeGreaterThan(300);
			// The last word is heard after all others.
			await page.evaluate(
				`frames[0].postMessage({ type: "PureCloud.User.updateStatus", data: { id: "p-meal" } }, "*")`,
			);
			await expect.poll(() => fake.state.presence.id).toBe("p-meal");
			await page.evaluate(`frames[0].postMessage("status", "*")`);
			await expect.poll(() => fake.state.presence.id).toBe("p-available");
			const { asked, received, windows: open } = await state();
			expect(asked.slice(before.asked.length)).toEqual(Array(2).fill(expect.stringContaining("presences")));
			// A script in the panel's window has to look for itself who speaks (docs/isolation.md); to an isolated one nobody does.
			const told = received.filter((each) => isolation || !each.includes("stranger"));
			expect({ told, open }).toEqual({ told: before.received, open: before.windows });
			expect(complaints).toEqual([]);
		},
	);
});
