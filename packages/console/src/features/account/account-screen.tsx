import { Button, TextField } from "@inlay/ui";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import { OwnSessionsSection } from "../people/sessions-section.tsx";
import type { AccountModel } from "./account-model.ts";
import { SecondFactorSection } from "./second-factor-section.tsx";
import { t } from "./strings.ts";

/** One's own password and second factor, and where one is signed in. */
export function AccountScreen({ model }: { model: AccountModel }) {
	useUnsaved(() => model.holdsUnsaved);
	return (
		<Screen title={t("title")}>
			<OwnPassword model={model} />
			<Load from={model.factor}>{(factor) => <SecondFactorSection model={model} factor={factor} />}</Load>
			<OwnSessionsSection model={model.sessions} />
		</Screen>
	);
}

function OwnPassword({ model }: { model: AccountModel }) {
	const error = model.changing.error.value;
	const wrongOld = error?.code === "invalid.old.password";
	const wrongNew = error?.code === "invalid.password";
	const send = async () => {
		if (await model.changePassword()) tell(t("passwordChanged"));
	};
	return (
		<Section title={t("password")} hint={t("passwordHint")}>
			<Form onSend={() => void send()}>
				<TextField
					label={t("oldPassword")}
					type="password"
					autoComplete="current-password"
					value={model.oldPassword.value}
					required
					error={wrongOld ? t("oldPasswordProblem") : undefined}
					onInput={(password) => {
						model.oldPassword.value = password;
					}}
				/>
				<TextField
					label={t("newPassword")}
					type="password"
					autoComplete="new-password"
					value={model.newPassword.value}
					required
					error={wrongNew ? error?.message : undefined}
					onInput={(password) => {
						model.newPassword.value = password;
					}}
				/>
				<Failure error={wrongOld || wrongNew ? undefined : error} />
				<div class="form-actions">
					<Button kind="primary" type="submit" busy={model.changing.busy.value}>
						{t("changePassword")}
					</Button>
				</div>
			</Form>
		</Section>
	);
}
