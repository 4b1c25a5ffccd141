import "./account.css";
import { Banner, Button, Dialog, locale, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { Task } from "../../session/load.ts";
import type { SecondFactor } from "../../session/wire.ts";
import { CopyField } from "../../shell/copy-field.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import type { AccountModel, Enrolment } from "./account-model.ts";
import { t } from "./strings.ts";

/** Setting a second factor up, and doing without it. */
export function SecondFactorSection({ model, factor }: { model: AccountModel; factor: SecondFactor }) {
	const enrolment = model.enrolment.value;
	const codes = model.recoveryCodes.value;
	return (
		<Section title={t("factor")} hint={t("factorHint")}>
			{factor.required && !factor.enrolled && <Banner tone="warn">{t("required")}</Banner>}
			{codes && <RecoveryCodes model={model} codes={codes} />}
			{factor.enrolled && <Enrolled model={model} factor={factor} />}
			{!factor.enrolled && !enrolment && <Begin model={model} />}
			{!factor.enrolled && enrolment && <Confirm model={model} enrolment={enrolment} />}
		</Section>
	);
}

function Begin({ model }: { model: AccountModel }) {
	const [password, setPassword] = useState("");
	const error = model.enrolling.error.value;
	const wrong = error?.code === "invalid.password";
	return (
		<Form onSend={() => void model.begin(password)}>
			<TextField
				label={t("confirmPassword")}
				type="password"
				autoComplete="current-password"
				value={password}
				required
				error={wrong ? t("oldPasswordProblem") : undefined}
				onInput={setPassword}
			/>
			<Failure error={wrong ? undefined : error} />
			<div class="form-actions">
				<Button type="submit" busy={model.enrolling.busy.value}>
					{t("setUp")}
				</Button>
			</div>
		</Form>
	);
}

function Confirm({ model, enrolment }: { model: AccountModel; enrolment: Enrolment }) {
	const [code, setCode] = useState("");
	const send = async () => {
		if (await model.confirm(code)) tell(t("turnedOn"));
	};
	return (
		<Form onSend={() => void send()}>
			<p>{t("scan")}</p>
			<img
				class="picture"
				src={`data:image/svg+xml,${encodeURIComponent(enrolment.picture)}`}
				alt={t("picture")}
				width={190}
				height={190}
			/>
			<CopyField label={t("key")} value={enrolment.secret} />
			<CodeField label={t("code")} task={model.enrolling} value={code} onInput={setCode} />
			<div class="form-actions">
				<Button kind="primary" type="submit" busy={model.enrolling.busy.value}>
					{t("turnOn")}
				</Button>
			</div>
		</Form>
	);
}

function Enrolled({ model, factor }: { model: AccountModel; factor: SecondFactor }) {
	const [asking, setAsking] = useState<"newCodes" | "turnOff" | undefined>(undefined);
	const date = new Date(factor.since ?? 0).toLocaleDateString(locale.value);
	return (
		<>
			<p>{t("since", { date, left: factor.recoveryCodesLeft })}</p>
			<div class="form-actions">
				<Button onClick={() => setAsking("newCodes")}>{t("newCodes")}</Button>
				<Button onClick={() => setAsking("turnOff")}>{t("turnOff")}</Button>
			</div>
			{asking && <AskCode model={model} what={asking} onClose={() => setAsking(undefined)} />}
		</>
	);
}

/** A code before something that weakens the sign-in. */
function AskCode({ model, what, onClose }: { model: AccountModel; what: "newCodes" | "turnOff"; onClose: () => void }) {
	const [code, setCode] = useState("");
	const send = async () => {
		const done = what === "newCodes" ? await model.renewRecoveryCodes(code) : await model.remove(code);
		if (!done) return;
		onClose();
		if (what === "turnOff") tell(t("turnedOff"));
	};
	return (
		<Dialog title={t(what)} closeLabel={shared("close")} onClose={onClose}>
			<Form onSend={() => void send()}>
				<p>{t(what === "newCodes" ? "newCodesText" : "turnOffText")}</p>
				<CodeField label={t("codeOrRecovery")} task={model.enrolling} value={code} onInput={setCode} />
				<div class="dialog-actions">
					<Button onClick={onClose}>{shared("cancel")}</Button>
					<Button kind={what === "turnOff" ? "bad" : "primary"} type="submit" busy={model.enrolling.busy.value}>
						{t(what)}
					</Button>
				</div>
			</Form>
		</Dialog>
	);
}

function CodeField({
	label,
	task,
	value,
	onInput,
}: {
	label: string;
	task: Task;
	value: string;
	onInput: (code: string) => void;
}) {
	const error = task.error.value;
	const wrong = error?.code === "invalid.code";
	return (
		<>
			<TextField
				label={label}
				autoComplete="one-time-code"
				value={value}
				required
				error={wrong ? t("codeProblem") : undefined}
				onInput={onInput}
			/>
			<Failure error={wrong ? undefined : error} />
		</>
	);
}

function RecoveryCodes({ model, codes }: { model: AccountModel; codes: readonly string[] }) {
	return (
		<>
			<Banner tone="warn">{t("recoveryHint")}</Banner>
			<CopyField label={t("recoveryCodes")} value={codes.join("\n")} rows={codes.length} />
			<div class="form-actions">
				<Button
					onClick={() => {
						model.recoveryCodes.value = undefined;
					}}
				>
					{t("codesKept")}
				</Button>
			</div>
		</>
	);
}
