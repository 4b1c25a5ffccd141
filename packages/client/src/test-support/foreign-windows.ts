import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import type { FakeInlay } from "./fake-inlay.ts";

/** Says aloud what it hears, and does what its page asks. */
export const listeningScript = `function post(type, data) { window.parent.postMessage(JSON.stringify({ type: type, data: data }), "*"); }
window.Framework = {
	config: { name: "listens", clientIds: {}, settings: {}, getUserLanguage: function (callback) { callback("en-US"); } },
	initialSetup: function () { post("setup"); },
	screenPop: function () {},
};
window.addEventListener("message", function (event) {
	if (event.source === window.parent && event.data === "status") window.PureCloud.User.updateStatus({ id: "p-available" });
	else if (event.source !== window.parent && event.origin !== window.location.origin) post("stranger", event.origin);
});`;

/** What the window of another site shows: with a frame of its own. */
export const elsewherePage = 'elsewhere<iframe name="nested" srcdoc="in it"></iframe>';

/** Frames beside the panel, by their names: of another site and in it, of the page's origin, of none. */
export const foreignFrames = [
	"evil",
	"own",
	"data",
	"sandboxed",
	"blob",
	"nested",
	"empty",
	"same",
	"deep",
	"deeper",
	"deepest",
];

/** The page in which the panel is the first frame. @param elsewhere address of {@link elsewherePage} */
export function pageOfWindows(panel: string, elsewhere: string): string {
	return `<script>received = []; addEventListener("message", (event) => received.push(event.data));</script>
<iframe width="320" height="520" src="${panel}"></iframe>
<iframe name="evil" src="${elsewhere}"></iframe><iframe name="own" srcdoc="its own"></iframe>
<iframe name="empty"></iframe><iframe name="same" sandbox="allow-scripts allow-same-origin" srcdoc="of this origin"></iframe>
<iframe name="deep" srcdoc="<iframe name='deeper' sandbox='allow-scripts' srcdoc='<iframe name=deepest></iframe>'></iframe>"></iframe>
<iframe name="data" src="data:text/html,of no origin"></iframe><iframe name="sandboxed" sandbox="allow-scripts" srcdoc="of none either"></iframe>
<script>for (const name of ["blob"]) document.write('<iframe name="' + name + '" src="' + URL.createObjectURL(new Blob(["of this origin"], { type: "text/html" })) + '"></iframe>')</script>`;
}

/**
 * A window runs it to say all that there is to say, by the window and by the port that it is handed; gives how much that was.
 * @param to the windows to which, as an expression's parts
 */
export async function saying(what: "foreignMessages" | "malformedMessages", to: string): Promise<string> {
	const source = await readFile(new URL("../framework/hostile/foreign-messages.ts", import.meta.url), "utf8");
	const code = Buffer.from(stripTypeScriptTypes(source)).toString("base64");
	return `(async () => {
		const messages = (await import("data:text/javascript;base64,${code}")).${what}();
		for (const message of messages)
			for (const target of [${to}]) {
				const { port1, port2 } = new MessageChannel();
				target.postMessage(message, "*", [port2]);
				port1.postMessage(message);
			}
		return messages.length * [${to}].length;
	})()`;
}

/** What the panel has asked of the server that changes something: what an agent, or a script, would have wished. */
export function asked({ state }: FakeInlay): string[] {
	return state.log
		.filter(({ path }) => !/reports|clientlogs?|logs?$/i.test(path))
		.map(({ path, body }) => `${path} ${JSON.stringify(body)}`);
}
