# The same files and the same two commands as without Docker.
FROM python:3.13-slim-bookworm AS build
WORKDIR /nabla
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY engine ./engine
COPY migrations ./migrations

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --create-home nabla && install -d -o nabla /data
COPY --from=build /venv /venv
COPY --from=build /nabla /nabla
WORKDIR /nabla
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 NABLA_DATA=/data MPLCONFIGDIR=/tmp/matplotlib
USER nabla
VOLUME /data
ENTRYPOINT ["python", "-m", "bot"]
CMD ["discord"]
