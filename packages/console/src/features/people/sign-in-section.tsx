import { Button, Checkbox, Dialog, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { inDivision, needs } from "../../session/needs.ts";
import type { SecondFactor, User } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Form, Section } from "../../shell/parts.tsx";
import { Lack } from "../../shell/rights.tsx";
import { t as shared } from "../../shell/strings.ts";
import type { PersonModel } from "./person-model.ts";
import { t } from "./strings.ts";

/** How one user signs in: a new password, and a second factor that was lost. */
export function SignInSection({
	model,
	user,
	factor,
}: {
	model: PersonModel;
	user: User;
	factor: SecondFactor | undefined;
}) {
	const [asking, setAsking] = useState<"password" | "factor" | undefined>(undefined);
	const close = () => setAsking(undefined);
	const { name } = user;
	if (!factor) {
		return (
			<Section title={t("signIn")}>
				<Lack lack={inDivision(needs.setPassword, user.division?.id)} />
			</Section>
		);
	}
	return (
		<Section title={t("signIn")} hint={t(factor.enrolled ? "factorOn" : "factorOff")}>
			<div class="form-actions">
				<Button onClick={() => setAsking("password")}>{t("setPassword")}</Button>
				{factor.enrolled && <Button onClick={() => setAsking("factor")}>{t("resetFactor")}</Button>}
			</div>
			{asking === "password" && <SetPassword model={model} name={name} onClose={close} />}
			{asking === "factor" && (
				<Confirm
					title={t("resetFactorTitle", { name })}
					text={t("resetFactorText", { name })}
					action={t("resetFactor")}
					task={model.signingIn}
					onClose={close}
					onConfirm={async () => {
						if (!(await model.resetFactor())) return;
						close();
						tell(t("factorReset", { name }));
					}}
				/>
			)}
		</Section>
	);
}

function SetPassword({ model, name, onClose }: { model: PersonModel; name: string; onClose: () => void }) {
	const [password, setPassword] = useState("");
	const [mustChange, setMustChange] = useState(true);
	const error = model.signingIn.error.value;
	const wrong = error?.code === "invalid.password";
	const send = async () => {
		if (!(await model.setPassword(password, mustChange))) return;
		onClose();
		tell(t("passwordSet", { name }));
	};
	return (
		<Dialog title={t("setPasswordTitle", { name })} closeLabel={shared("close")} onClose={onClose}>
			<Form onSend={() => void send()}>
				<p>{t("setPasswordText", { name })}</p>
				<TextField
					label={t("newPassword")}
					type="password"
					autoComplete="new-password"
					value={password}
					required
					error={wrong ? error?.message : undefined}
					onInput={setPassword}
				/>
				<Checkbox label={t("mustChange")} checked={mustChange} onChange={setMustChange} />
				<Failure error={wrong ? undefined : error} />
				<div class="dialog-actions">
					<Button onClick={onClose}>{shared("cancel")}</Button>
					<Button kind="primary" type="submit" busy={model.signingIn.busy.value}>
						{t("setPassword")}
					</Button>
				</div>
			</Form>
		</Dialog>
	);
}
