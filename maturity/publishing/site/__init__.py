"""The public roadmap as a site: plain files without script, made from the editions as they were published."""
