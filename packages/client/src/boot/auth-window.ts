import "@inlay/ui/styles.css";
import { handBack } from "./hand-back.ts";

// The sign-in window's last page.
handBack();
