import { Button, Select, Spinner, TextField } from "@inlay/ui";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { LeftDrafts } from "../../shell/left-drafts/left-drafts.tsx";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import type { Workspace } from "../../shell/workspace.ts";
import type { EmailModel, EmailQueue } from "./email-model.ts";
import { t } from "./sms-strings.ts";

/** What one has begun is there whatever becomes of the form, or whom one may begin an email for. */
export function EmailForm({ workspace, model }: { workspace: Workspace; model: EmailModel }) {
	return (
		<>
			<LeftDrafts workspace={workspace} />
			<NewEmail workspace={workspace} model={model} />
		</>
	);
}

/** To whom, about what, and on whose behalf; what is written comes with the conversation. */
function NewEmail({ workspace, model }: { workspace: Workspace; model: EmailModel }) {
	const queues = model.queues.value;
	useAgainWhenBack(workspace, model.why.value, () => model.load());
	if (model.failed.value) {
		return <NotLoaded text={t("emailFailed")} load={() => model.load()} place="dial" />;
	}
	if (!queues) return <Spinner label={t("email")} />;
	if (queues.length === 0) return <p class="dial ui-hint">{t("emailNone")}</p>;
	return <Form {...{ workspace, model, queues }} />;
}

function Form({
	workspace,
	model,
	queues,
}: {
	workspace: Workspace;
	model: EmailModel;
	queues: readonly EmailQueue[];
}) {
	return (
		<form
			class="dial ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				void model.compose();
			}}
		>
			<TextField
				label={t("emailTo")}
				type="email"
				name="emailTo"
				value={model.to.value}
				onInput={(text) => model.input("to", text)}
			/>
			<TextField
				label={t("emailSubject")}
				name="emailSubject"
				value={model.subject.value}
				onInput={(text) => model.input("subject", text)}
			/>
			<Select
				label={t("smsQueue")}
				name="emailQueue"
				value={model.queueId.value}
				options={[
					{ value: "", text: t("smsChoose"), disabled: true },
					...queues.map(({ id, name, address }) => ({ value: id, text: `${name} · ${address}` })),
				]}
				onChange={(id) => model.input("queueId", id)}
			/>
			{model.refused.value && (
				<p class="ui-error" role="alert" data-refused>
					{model.refused.value}
				</p>
			)}
			<Button
				kind="good"
				icon="edit"
				type="submit"
				block
				busy={workspace.busy.value.has("compose")}
				disabled={!model.isReady}
				data-compose
			>
				{t("smsCompose")}
			</Button>
		</form>
	);
}
