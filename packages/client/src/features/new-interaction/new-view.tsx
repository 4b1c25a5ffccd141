import "./dial.css";
import { Button } from "@inlay/ui";
import { signal } from "@preact/signals";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { DialView } from "./dial-view.tsx";
import { SmsForm } from "./sms-form.tsx";
import { SmsModel } from "./sms-model.ts";
import { t } from "./sms-strings.ts";

/** A call, or a text where the agent writes any. */
export function NewView({ workspace }: { workspace: Workspace }) {
	if (!workspace.can("conversation:message:create")) return <DialView workspace={workspace} />;
	return <CallOrText workspace={workspace} />;
}

function CallOrText({ workspace }: { workspace: Workspace }) {
	const sms = useModel(() => new SmsModel(workspace));
	const chosen = useModel(() => ({ medium: signal<"call" | "sms" | undefined>(undefined), dispose() {} }));
	const mayCall = workspace.can("conversation:call:add") || workspace.can("conversation:conference:add");
	const isWanted = workspace.draft.value?.type === "sms";
	const medium = chosen.medium.value ?? (isWanted || !mayCall ? "sms" : "call");
	const choose = (wanted: "call" | "sms") => {
		// What a script has filled in belongs to the other one.
		if (wanted === "call" && isWanted) workspace.draft.value = undefined;
		chosen.medium.value = wanted;
	};
	return (
		<>
			{mayCall && (sms.offered || isWanted) && (
				<fieldset class="dial-media">
					<legend class="ui-hidden">{t("medium")}</legend>
					{(["call", "sms"] as const).map((one) => (
						<Button
							key={one}
							icon={one === "call" ? "phone" : "message"}
							aria-pressed={one === medium}
							data-medium={one}
							onClick={() => choose(one)}
						>
							{t(one)}
						</Button>
					))}
				</fieldset>
			)}
			{medium === "sms" ? <SmsForm workspace={workspace} model={sms} /> : <DialView workspace={workspace} />}
		</>
	);
}
