import { parse } from "ltx";
import { describe, expect, it } from "vitest";
import { ns } from "./namespaces.ts";
import { bindResult, iqError, notificationStanza, proposeStanza, rtcStanza } from "./stanzas.ts";

const nasty = `"'><&\u00e9 ]]>`;

describe("stanzas", () => {
	it("propose a call with what the SDK needs, and automatic answer only where it is meant", () => {
		const propose = { sessionId: "s", conversationId: "c", from: "s@gjoll.x/s", to: "u@x/r", userId: "u" };
		const ringing = parse(proposeStanza({ ...propose, autoAnswer: false })).getChild("propose", ns.jingleMessage);
		expect(ringing?.attrs).toMatchObject({ id: "s", "inin-cid": "c", "inin-sdp-over-xmpp": "true" });
		expect(ringing?.attrs).not.toHaveProperty("inin-autoanswer");
		const auto = parse(proposeStanza({ ...propose, autoAnswer: true })).getChild("propose", ns.jingleMessage);
		expect(auto?.attrs["inin-autoanswer"]).toBe("true");
	});

	it("carry any text unharmed", () => {
		const message = { jsonrpc: "2.0" as const, id: nasty, method: "offer", params: { sdp: `v=0\r\n${nasty}` } };
		const iq = parse(rtcStanza(message, nasty, nasty));
		expect(JSON.parse(iq.getChild("genesys-webrtc")?.getText() ?? "")).toEqual(message);
		expect(iq.attrs).toMatchObject({ id: nasty, to: nasty, from: nasty });
		const frame = { topicName: nasty, version: "2" as const, eventBody: { text: nasty }, metadata: {} };
		const items = parse(notificationStanza(frame, "a", "b"))
			.getChild("event")
			?.getChild("items");
		expect(items?.attrs.node).toBe(nasty);
		expect(JSON.parse(items?.getChild("item")?.getChild("json")?.getText() ?? "")).toEqual(frame);
	});

	it("answer a binding without from, and errors from where they were asked", () => {
		expect(parse(bindResult("1", "u@x/r")).attrs).not.toHaveProperty("from");
		expect(parse(iqError("1", "u@x/r", "there", "bad-request")).attrs).toMatchObject({ type: "error", from: "there" });
	});
});
