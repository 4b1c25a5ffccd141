import { expect, it } from "vitest";
import { readInlayRequest } from "./read-inlay-request.ts";

it.each([
	[undefined, "Make ui an object"],
	["hide", "Make ui an object"],
	[{ hidden: {} }, "ui.hidden: "],
	[{ hide: { callControls: ["disconnect"] } }, "ui.hide.callControls: disconnect cannot be hidden"],
	[{ add: { menu: [{ id: "x", text: "X", interactionId: "c1" }] } }, "ui.add.menu[0].interactionId: "],
	[{ add: { callControls: [{ id: "x", text: "X", url: "javascript:alert(1)" }] } }, "ui.add.callControls[0].url: "],
])("an arrangement that is half usable (%j) was half done: it is refused whole, and the place is named", (ui, text) => {
	expect(() => readInlayRequest("arrangeUi", { ui })).toThrow(
		expect.objectContaining({ code: "inlay.request.invalid", message: expect.stringContaining(text) }),
	);
});
