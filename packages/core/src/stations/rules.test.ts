import { expect, it } from "vitest";
import { effectiveStationOf, type Station, type UserStations } from "./model.ts";
import { requireAssociable, requireSettable } from "./rules.ts";

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

it.each<[string, Station, boolean | undefined]>([
	["a browser's phone keeps its connection", phoneOf("ann"), true],
	["a browser's phone does not", phoneOf("ann"), false],
	["a desk phone does not", desk, false],
	["a desk phone is left as it is", desk, undefined],
])("%s", (_which, station, persistentEnabled) => {
	expect(() => requireSettable(station, { persistentEnabled, persistentIdleSeconds: 60 })).not.toThrow();
});

it("a desk phone was told to keep a connection that it does not have", () => {
	const named = { details: [expect.objectContaining({ fieldName: "webRtcPersistentEnabled" })] };
	expect(() => requireSettable(desk, { persistentEnabled: true })).toThrow(
		expect.objectContaining({ status: 400, options: expect.objectContaining(named) }),
	);
});

const [here, home, before] = ["here", "home", "before"].map((id) => ({ ...desk, id }));

it.each<[string, UserStations, string | undefined]>([
	["where one sits", { associated: here, default: home, lastAssociated: before }, "here"],
	["at the default station, sitting nowhere", { default: home, lastAssociated: before }, "home"],
	["nowhere, though one has sat somewhere", { lastAssociated: before }, undefined],
	["nowhere", {}, undefined],
])("calls ring %s", (_where, stations, id) => {
	expect(effectiveStationOf(stations)?.id).toBe(id);
});
