import { Button, locale, Select, TextField } from "@inlay/ui";
import { failureBeside, failureText, refusedFor } from "../../shell/failure.ts";
import { losesSecret } from "../../shell/kept-secret.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type Security, securities, serverFields } from "./email-forms.ts";
import { type Mailbox, type MailboxForm, type MailboxModel, mailboxFormOf } from "./mailbox-model.ts";
import { m, t } from "./strings.ts";

/** From where the emails of an address are brought, where no mail server brings them. */
export function MailboxSection({ model, mayChange }: { model: MailboxModel; mayChange: boolean }) {
	useUnsaved(() => model.isChanged);
	return (
		<Section title={m("title")} hint={m("hint")}>
			<Load from={model.loaded}>
				{(mailbox) => (
					<form
						class="ui-stack"
						onSubmit={(event) => {
							event.preventDefault();
							void send(event.currentTarget, model);
						}}
					>
						{mailbox && <State mailbox={mailbox} model={model} />}
						<fieldset class="locked ui-stack" disabled={!mayChange}>
							<Fields model={model} />
						</fieldset>
						{mayChange && <Actions mailbox={mailbox} model={model} />}
					</form>
				)}
			</Load>
		</Section>
	);
}

async function send(form: HTMLFormElement, model: MailboxModel): Promise<void> {
	await model.save();
	form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

function State({ mailbox: { isOpen, trouble, lookedAt }, model }: { mailbox: Mailbox; model: MailboxModel }) {
	const time = lookedAt && new Intl.DateTimeFormat(locale.value, { timeStyle: "medium" }).format(Date.parse(lookedAt));
	const said = trouble ? m("trouble", { reason: trouble }) : isOpen && time ? m("open", { time }) : m("closed");
	return (
		<div class="ui-row">
			<p role="status" class={trouble ? "ui-error ui-grow" : "ui-grow"} data-mailbox-open={isOpen}>
				{said}
			</p>
			<Button size="small" icon="refresh" onClick={() => void model.loaded.refresh()}>
				{m("again")}
			</Button>
		</div>
	);
}

function Fields({ model }: { model: MailboxModel }) {
	const form = model.form.value;
	const refused = model.saving.error.value;
	const needed = (field: keyof MailboxForm) => (model.isWrong(field) ? m("needed") : refusedFor(refused, field));
	return (
		<>
			<TextField
				label={t("field_host")}
				name="mailbox-host"
				value={form.host}
				error={needed("host")}
				onInput={(host) => model.change({ host })}
			/>
			<TextField
				label={t("field_port")}
				type="number"
				value={form.port}
				error={model.isWrong("port") ? t("portProblem") : refusedFor(refused, "port")}
				onInput={(port) => model.change({ port })}
			/>
			<Select
				label={t("field_security")}
				value={form.security}
				options={securities.map((value) => ({ value, text: t(value) }))}
				error={refusedFor(refused, "security")}
				onChange={(value) => model.change({ security: value as Security })}
			/>
			<TextField
				label={t("field_user")}
				name="mailbox-user"
				autoComplete="off"
				value={form.user}
				error={needed("user")}
				onInput={(user) => model.change({ user })}
			/>
			<TextField
				label={t("field_password")}
				name="mailbox-password"
				type="password"
				autoComplete="off"
				hint={passwordHint(model.loaded.value, form)}
				value={form.password}
				error={needed("password")}
				onInput={(password) => model.change({ password })}
			/>
			<TextField
				label={m("folder")}
				value={form.folder}
				error={refusedFor(refused, "folder")}
				onInput={(folder) => model.change({ folder })}
			/>
		</>
	);
}

function passwordHint(kept: Mailbox | undefined, form: MailboxForm): string | undefined {
	if (!kept) return undefined;
	return losesSecret(form, mailboxFormOf(kept), serverFields) ? shared("secretAgain") : t("passwordKept");
}

function Actions({ mailbox, model }: { mailbox: Mailbox | undefined; model: MailboxModel }) {
	const { saving } = model;
	const failed = failureBeside(saving.error.value, "host", "port", "security", "user", "password", "folder");
	return (
		<>
			{failed && (
				<p class="ui-error" role="alert">
					{failureText(failed)}
				</p>
			)}
			<div class="ui-row">
				<Button
					kind="primary"
					type="submit"
					busy={saving.busy.value}
					disabled={mailbox !== undefined && !model.isChanged}
					title={mailbox && !model.isChanged ? shared("nothingChanged") : undefined}
					data-save-mailbox
				>
					{m("save")}
				</Button>
				{mailbox && (
					<RemoveButton
						label={m("remove")}
						title={m("remove")}
						text={m("removeText")}
						action={m("remove")}
						task={saving}
						onConfirm={() => void model.remove()}
					/>
				)}
			</div>
		</>
	);
}
