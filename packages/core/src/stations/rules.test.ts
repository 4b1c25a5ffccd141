import { expect, it } from "vitest";
import type { Station } from "./model.ts";
import { requireAssociable } from "./rules.ts";

const desk: Station = {
	id: "d",
	name: "Desk",
	type: "inin_station",
	lineAppearanceId: "l",
	callAppearances: 1,
	persistentEnabled: false,
	persistentIdleSeconds: 600,
};
const phoneOf = (webRtcUserId: string): Station => ({ ...desk, type: "inin_webrtc_softphone", webRtcUserId });

it.each<[string, Station]>([
	["a free desk phone", desk],
	["the desk phone they have already", { ...desk, associatedUserId: "ann" }],
	["their own browser", phoneOf("ann")],
	["their own browser, which they have already", { ...phoneOf("ann"), associatedUserId: "ann" }],
])("a user may take %s", (_which, station) => {
	expect(() => requireAssociable(station, "ann")).not.toThrow();
});

it.each<[string, Station, string]>([
	["another user's browser", phoneOf("bob"), "another user's WebRTC phone"],
	["a desk phone that another uses", { ...desk, associatedUserId: "bob" }, "in use by another user"],
	["another's browser that is in use as well", { ...phoneOf("bob"), associatedUserId: "bob" }, "WebRTC phone"],
])("a user may not take %s", (_which, station, text) => {
	expect(() => requireAssociable(station, "ann")).toThrow(
		expect.objectContaining({ status: 409, code: "general.conflict", message: expect.stringContaining(text) }),
	);
});
