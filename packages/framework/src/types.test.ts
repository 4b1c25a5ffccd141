/** What an editor says of a script, checked when types are: each `@ts-expect-error` is a mistake that it must underline. */
import type { Interaction, InteractionChange, ToldCategory } from "@inlay/contract";
import { describe, expect, expectTypeOf, it } from "vitest";
import { sampleInteraction } from "./harness/run-script.ts";
import {
	defineFramework,
	type FrameworkEvents,
	type FrameworkScript,
	mediumOf,
	type PureCloudActions,
} from "./index.ts";

const config = { name: "n", clientIds: {} };

describe("types of a script", () => {
	it("know settings, callbacks and what these are given", () => {
		const script = defineFramework(
			{
				config: {
					...config,
					settings: { searchTargets: ["people", "frameworkContacts"], sso: false, callControls: [] },
				},
				screenPop(searchString, interaction, done) {
					expectTypeOf(searchString).toBeString();
					expectTypeOf(interaction).toEqualTypeOf<Interaction>();
					expectTypeOf(done).returns.toBeVoid();
				},
				async processCallLog(callLog, _interaction, eventName, onSuccess) {
					expectTypeOf(callLog.attributes).toEqualTypeOf<Record<string, string>>();
					expectTypeOf(eventName).toExtend<string>();
					onSuccess({ id: 7 });
				},
			},
			{},
		);
		expectTypeOf(script).toExtend<FrameworkScript>();
	});

	it("underline what the panel would leave out", () => {
		const wrong: FrameworkScript[] = [
			// @ts-expect-error a target that there is not
			{ config: { ...config, settings: { searchTargets: ["contacts"] } } },
			// @ts-expect-error true is no text
			{ config: { ...config, settings: { enableCallLogs: "true" } } },
			// @ts-expect-error misspelt
			{ config: { ...config, settings: { enableCallLog: true } } },
			// @ts-expect-error a name is needed
			{ config: { clientIds: {} } },
			// @ts-expect-error beside config it has no effect
			{ config, display: {} },
			// @ts-expect-error no function
			{ config, screenPop: "open" },
			// @ts-expect-error an id is needed
			{ config, processCallLog: (_log, _interaction, _name, onSuccess) => onSuccess({}) },
			// @ts-expect-error contacts are a list
			{ config, contactSearch: (_text, onSuccess) => onSuccess({ name: "Ada" }) },
		];
		expect(wrong).toHaveLength(8);
	});
});

describe("types of actions and events", () => {
	it("know the data by the category", () => {
		const use = (pureCloud: PureCloudActions) => {
			pureCloud.subscribe([
				{
					type: "Interaction",
					callback(category, data) {
						if (category === "change") expectTypeOf(data).toEqualTypeOf<InteractionChange>();
						if (category === "acw") expectTypeOf(data).toEqualTypeOf<Interaction>();
						if (category === "inlay:consult") expectTypeOf(data.holdSeconds).toBeNumber();
					},
				},
				{
					type: "UserAction",
					categories: ["status", "inlay:voicemail"],
					callback: (category, data) => category === "status" && expectTypeOf(data.sub_status).toBeString(),
				},
				// @ts-expect-error a category of another type
				{ type: "Notification", categories: ["status"], callback: () => {} },
				// @ts-expect-error a type that there is not
				{ type: "Conversation", callback: () => {} },
			]);
			pureCloud.clickToDial({ number: "+1", autoPlace: true });
			// @ts-expect-error the key is number
			pureCloud.clickToDial({ phoneNumber: "+1" });
			// @ts-expect-error no action of that name
			pureCloud.User.setStatus({ id: "x" });
			// @ts-expect-error no such state
			pureCloud.Interaction.updateState({ action: "answer", id: "x" });
			// @ts-expect-error it returns nothing, and takes a function
			pureCloud.User.getAuthToken();
		};
		expect(use).toBeTypeOf("function");
	});

	it("name every category that the runtime has, and no other", () => {
		type Told = { [Type in keyof FrameworkEvents]: keyof FrameworkEvents[Type] }[keyof FrameworkEvents];
		expectTypeOf<Told>().toEqualTypeOf<ToldCategory>();
	});

	it("tell media apart", () => {
		const media = ["isCallback", "isChat", "isEmail", "isMessage"].map((flag) =>
			mediumOf(sampleInteraction({ [flag]: true })),
		);
		expect([mediumOf(sampleInteraction()), ...media]).toEqual(["call", "callback", "chat", "email", "message"]);
	});
});
