import "./way-in.css";
import { Banner, Button, EmptyState, Spinner } from "@inlay/ui";
import type { Session, SignedOutReason } from "../session/session.ts";
import { failureText } from "./failure.ts";
import { farewell } from "./farewell.ts";
import { Frame } from "./frame.tsx";
import { areaOf, route } from "./router.ts";
import { t } from "./strings.ts";

/** The console: the way in, or the screens. */
export function App({ session }: { session: Session }) {
	const phase = session.phase.value;
	switch (phase.kind) {
		case "starting":
			return (
				<main class="way-in">
					<Spinner label={t("loading")} />
				</main>
			);
		case "signed-out":
			return <SignIn session={session} reason={phase.reason} detail={phase.detail} />;
		case "failed":
			return (
				<main class="way-in">
					<EmptyState icon="warning" title={t("failedTitle")}>
						<p>{failureText(phase.error)}</p>
						<Button kind="primary" onClick={() => void session.start()}>
							{t("retry")}
						</Button>
					</EmptyState>
				</main>
			);
		case "ready":
			return <Frame session={session} me={phase.me} panel={phase.panel} />;
	}
}

function SignIn({ session, reason, detail }: { session: Session; reason: SignedOutReason; detail: string }) {
	const why = reason === "first" || reason === "signed-out" ? undefined : t(reason, { detail });
	const [told, ...more] = farewell.value;
	const keeps = reason === "expired" && areaOf(route.value)?.path === "deployments";
	return (
		<main class="way-in">
			<div class="way-in-card ui-card ui-stack">
				<h1>{t("signInTitle")}</h1>
				<p class="ui-muted">{t("signInText")}</p>
				{why && (
					<Banner tone="warn" urgent>
						{why}
						{keeps && ` ${t("entriesKept")}`}
					</Banner>
				)}
				{told !== undefined && (
					<Banner tone={more.length > 0 ? "bad" : "good"}>
						{told}
						{more.length > 0 && (
							<ul class="plain-list">
								{more.map((line) => (
									<li key={line}>{line}</li>
								))}
							</ul>
						)}
					</Banner>
				)}
				<Button kind="primary" block onClick={() => void session.signIn()}>
					{t("signIn")}
				</Button>
			</div>
		</main>
	);
}
