import { useState } from "preact/hooks";
import type { SessionModel } from "../session-model.ts";
import { t } from "../words.ts";

/** Where the conversation is to go by mail, and what became of that. */
export function MailTranscript({ model, onDone }: { model: SessionModel; onDone: () => void }) {
	const [email, setEmail] = useState("");
	const mailed = model.mailed.value;
	return (
		<form
			class="actions mail"
			onSubmit={(event) => {
				event.preventDefault();
				model.mail(email.trim());
			}}
		>
			{mailed?.state === "sent" ? (
				<p role="status">{t("mailSent", { email: mailed.email ?? "" })}</p>
			) : (
				<label>
					{t("mailTo")}{" "}
					<input
						type="email"
						required
						maxLength={254}
						autocomplete="email"
						value={email}
						ref={focused}
						data-mail-to
						onInput={(event) => setEmail(event.currentTarget.value)}
					/>
				</label>
			)}
			{mailed?.state === "failed" && <p role="alert">{t("mailFailed")}</p>}
			{mailed?.state === "many" && <p role="alert">{t("mailMany")}</p>}
			{mailed?.state !== "sent" && (
				<button type="submit" class="primary" disabled={mailed?.state === "asked"} data-mail-send>
					{t("send")}
				</button>
			)}
			<button type="button" onClick={onDone}>
				{t("mailClose")}
			</button>
		</form>
	);
}

const focused = (element: HTMLElement | null) => {
	if (element && element.dataset.focused === undefined) {
		element.dataset.focused = "";
		element.focus();
	}
};
