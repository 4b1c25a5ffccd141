import { describe, expect, it } from "vitest";
import {
	readAudio,
	readClickToDial,
	readCustomAttributes,
	readNotice,
	readStatus,
	readTranscriptRequest,
	readUpdateState,
	readView,
} from "./read-requests.ts";

describe("arguments of the actions", () => {
	it("reads what to dial in its old and new forms", () => {
		expect(readClickToDial({ address: " +1 ", type: "SMS" })).toEqual({
			request: { type: "sms", address: "+1", attributes: {} },
			place: false,
		});
		expect(readClickToDial({ number: 5, autoPlace: true, queueId: "q" })).toMatchObject({
			request: { queueId: "q", address: "5" },
			place: true,
		});
		expect(readClickToDial({ number: "" })).toBeUndefined();
	});

	it.each(["whatsapp", "message", "fax"])("a %s was turned into a call", (type) => {
		expect(readClickToDial({ number: "+15550100", type, autoPlace: true })).toBeUndefined();
		expect(readClickToDial({ number: "+15550100", type: "" })?.request.type).toBe("call");
	});

	it("reads state changes, transfers with an encoded number, and both homes of the id", () => {
		expect(readUpdateState({ action: "PickUp", id: 12 })).toEqual({ action: "pickup", interactionId: "12" });
		expect(
			readUpdateState({
				action: "blindTransfer",
				id: "c",
				participantContext: { transferTarget: "%2B4930", transferTargetType: "address" },
			}),
		).toEqual({ action: "blindTransfer", interactionId: "c", target: { kind: "address", value: "+4930" } });
		const to = (transferTargetType: string) =>
			readUpdateState({
				action: "consultTransfer",
				id: "c",
				participantContext: { transferTarget: "100%", transferTargetType },
			});
		expect(to("queueId")).toMatchObject({ target: { kind: "queue" } });
		expect(to("userId")).toMatchObject({ target: { kind: "user" } });
		expect(to("")).toMatchObject({ target: { kind: "address", value: "100%" } });
		expect(readUpdateState({ action: "blindTransfer", id: "c" })).toBeUndefined();
		expect(readUpdateState({ action: "explode", id: "c" })).toBeUndefined();
		expect(readCustomAttributes({ id: "c", attributes: { a: true } })).toEqual({
			interactionId: "c",
			attributes: { a: "true" },
		});
		expect(readCustomAttributes({ interactionId: "c", attributes: {} })).toBeUndefined();
	});

	it("tells a presence definition from the name of a presence", () => {
		const id = "6A3AF858-942F-489D-9700-5F9BCDCDAE9B";
		expect(readStatus({ id })).toEqual({ definitionId: id.toLowerCase() });
		for (const name of ["ON_QUEUE", "On Queue", "onqueue"])
			expect(readStatus({ id: name })).toEqual({ name: "ON_QUEUE" });
		expect(readStatus({ id: "Lunch with Ada" })).toEqual({ name: "Lunch with Ada" });
		expect(readStatus({})).toBeUndefined();
	});

	it("reads views, toasts and sounds", () => {
		expect(readView({ type: "main", view: { name: "CALLLOG" } })).toBe("callLog");
		expect(readView({ view: { name: "moon" } })).toBeUndefined();
		expect(readNotice({ message: "m", type: "error", timeout: "0", theme: { primary: "#HHH", text: "#fff" } })).toEqual(
			{
				message: "m",
				type: "ERROR",
				timeoutMs: 0,
				theme: { text: "#fff" },
			},
		);
		expect(readNotice({ message: "m", timeout: "soon" })).toMatchObject({ type: "INFO", timeoutMs: 5000 });
		expect(readNotice({})).toBeUndefined();
		expect(readAudio({ call: "false", chat: true, fax: true })).toEqual({ call: false, chat: true });
	});

	it("takes both signatures of getTranscript", () => {
		const callback = () => undefined;
		expect(readTranscriptRequest("c", callback)).toEqual({ interactionId: "c", callback });
		expect(readTranscriptRequest({ interactionId: "c", callback }, undefined)).toEqual({
			interactionId: "c",
			callback,
		});
		expect(readTranscriptRequest("c", undefined)).toBeUndefined();
	});

	it("survives anything", () => {
		const readers = [
			readClickToDial,
			readCustomAttributes,
			readUpdateState,
			readStatus,
			readView,
			readNotice,
			readAudio,
		];
		for (const given of [undefined, null, 1, "x", [], () => 1, { id: {} }, { number: [] }, { view: 3 }])
			for (const read of readers) expect(() => read(given)).not.toThrow();
	});
});
