import events from "@inlay/framework/types/events.ts?raw";
import script from "@inlay/framework/types/framework-script.ts?raw";
import pureCloud from "@inlay/framework/types/pure-cloud.ts?raw";
import { expect, it } from "vitest";
import { membersOf } from "./type-members.ts";

const names = (source: string, type: string) => membersOf(source, type).map(({ name }) => name);

it("reads from the types' own text what completion offers, with what the types say of it", () => {
	expect(names(script, "FrameworkScript")).toEqual([
		...["config", "initialSetup", "screenPop", "processCallLog", "openCallLog", "contactSearch"],
	]);
	const settings = membersOf(script, "FrameworkScriptSettings");
	expect(settings.find(({ name }) => name === "enableCallLogs")).toEqual({
		name: "enableCallLogs",
		doc: "Shows the interaction log and turns `processCallLog` and `openCallLog` on. Default false.",
		detail: "boolean",
	});
	expect(settings.map(({ name }) => name)).toEqual(expect.arrayContaining(["theme", "sso", "display", "ui"]));
	expect(settings.every(({ doc }) => doc !== "")).toBe(true);
});

it("knows the parameters of a callback that goes over several lines, and actions within others", () => {
	const log = membersOf(script, "FrameworkScript").find(({ name }) => name === "processCallLog");
	expect(log?.parameters).toEqual(["callLog", "interaction", "eventName", "onSuccess", "onFailure"]);
	const actions = membersOf(pureCloud, "PureCloudActions");
	const user = actions.find(({ name }) => name === "User")?.members ?? [];
	expect(user.map(({ name }) => name)).toEqual(["getAuthToken", "updateStatus", "setView", "Notification"]);
	expect(user.at(-1)?.members?.map(({ name }) => name)).toEqual(["notifyUser", "setAudioConfiguration"]);
	expect(actions.filter(({ name }) => name === "subscribe")).toHaveLength(1);
});

it("knows every category by its name, those in quotes too", () => {
	const told = names(events, "InteractionEvents");
	expect(told).toEqual(expect.arrayContaining(["add", "change", "ConsultCall", "inlay:consult"]));
	expect(names(events, "Nothing")).toEqual([]);
});
