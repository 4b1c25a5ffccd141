import "./dial.css";
import { Button } from "@inlay/ui";
import { signal } from "@preact/signals";
import type { NewInteractionRequest } from "../../framework/ports.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { DialView } from "./dial-view.tsx";
import { EmailForm } from "./email-form.tsx";
import { EmailModel } from "./email-model.ts";
import { SmsForm } from "./sms-form.tsx";
import { SmsModel } from "./sms-model.ts";
import { t } from "./sms-strings.ts";

type Medium = NewInteractionRequest["type"];

const icons = { call: "phone", sms: "message", email: "edit" } as const;

/** A call, or what the agent writes on behalf of their queues. */
export function NewView({ workspace }: { workspace: Workspace }) {
	const { texts, emails } = { texts: mayWrite(workspace, "message"), emails: mayWrite(workspace, "email") };
	if (!texts && !emails) return <DialView workspace={workspace} />;
	return <Choice {...{ workspace, texts, emails }} />;
}

const mayWrite = (workspace: Workspace, kind: "message" | "email") => workspace.can(`conversation:${kind}:create`);

function modelsOf(workspace: Workspace, texts: boolean, emails: boolean) {
	const sms = texts ? new SmsModel(workspace) : undefined;
	const email = emails ? new EmailModel(workspace) : undefined;
	return {
		...{ sms, email },
		dispose() {
			sms?.dispose();
			email?.dispose();
		},
	};
}

function Choice({ workspace, texts, emails }: { workspace: Workspace; texts: boolean; emails: boolean }) {
	const { sms, email } = useModel(() => modelsOf(workspace, texts, emails));
	const chosen = useModel(() => ({ medium: signal<Medium | undefined>(undefined), dispose() {} }));
	const mayCall = workspace.can("conversation:call:add") || workspace.can("conversation:conference:add");
	const wanted = workspace.draft.value?.type;
	const offered: Medium[] = [
		...(mayCall ? (["call"] as const) : []),
		...(sms && (sms.offered || wanted === "sms" || !mayCall) ? (["sms"] as const) : []),
		...(email && (email.offered || wanted === "email") ? (["email"] as const) : []),
	];
	const medium = chosen.medium.value ?? offered.find((one) => one === wanted) ?? offered[0] ?? "call";
	const choose = (one: Medium) => {
		// What a script has filled in belongs to the other one.
		if (wanted !== undefined && wanted !== one) workspace.draft.value = undefined;
		chosen.medium.value = one;
	};
	return (
		<>
			{offered.length > 1 && (
				<fieldset class="dial-media">
					<legend class="ui-hidden">{t("way")}</legend>
					{offered.map((one) => (
						<Button
							key={one}
							icon={icons[one]}
							aria-pressed={one === medium}
							data-medium={one}
							onClick={() => choose(one)}
						>
							{t(one)}
						</Button>
					))}
				</fieldset>
			)}
			{medium === "sms" && sms ? (
				<SmsForm workspace={workspace} model={sms} />
			) : medium === "email" && email ? (
				<EmailForm workspace={workspace} model={email} />
			) : (
				<DialView workspace={workspace} />
			)}
		</>
	);
}
