// The console's addresses. Pure: an address in, a route out, and back.

export type Route =
  | { page: "queue" }
  | { page: "ticket"; number: string }
  | { page: "setup"; token: string }
  | { page: "audit" }
  | { page: "devices" }
  | { page: "agents" }
  | { page: "lost" };

export function routeOf(pathname: string, hash: string): Route {
  const path = pathname.replace(/\/+$/, "") || "/";
  switch (path) {
    case "/":
      return { page: "queue" };
    case "/setup":
      return { page: "setup", token: new URLSearchParams(hash.replace(/^#/, "")).get("token") ?? "" };
    case "/audit":
      return { page: "audit" };
    case "/devices":
      return { page: "devices" };
    case "/agents":
      return { page: "agents" };
    default:
      return ticketRoute(path);
  }
}

function ticketRoute(path: string): Route {
  const match = /^\/t\/([^/]+)$/.exec(path);
  if (!match?.[1]) return { page: "lost" };
  try {
    return { page: "ticket", number: decodeURIComponent(match[1]) };
  } catch {
    return { page: "lost" };
  }
}

export function addressOf(route: Route): string {
  switch (route.page) {
    case "queue":
    case "lost":
      return "/";
    case "ticket":
      return `/t/${encodeURIComponent(route.number)}`;
    case "setup":
      return "/setup";
    case "audit":
    case "devices":
    case "agents":
      return `/${route.page}`;
  }
}
