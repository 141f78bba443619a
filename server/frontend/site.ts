// Every page loads this: it marks that scripts run, so that the style can show what needs them.
document.documentElement.classList.add("js");
