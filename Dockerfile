# The same files and the same commands as without Docker.
FROM python:3.13.7-slim-bookworm@sha256:adafcc17694d715c905b4c7bebd96907a1fd5cf183395f0ebc4d3428bd22d92d AS build
WORKDIR /nabla
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY engine ./engine
COPY migrations ./migrations

FROM python:3.13.7-slim-bookworm@sha256:adafcc17694d715c905b4c7bebd96907a1fd5cf183395f0ebc4d3428bd22d92d
RUN groupadd --gid 10001 nabla && useradd --uid 10001 --gid 10001 --create-home nabla && install -d -o nabla -g nabla -m 0750 /data
COPY --from=build /venv /venv
COPY --from=build /nabla /nabla
WORKDIR /nabla
# Where the file system is read-only, matplotlib keeps its font list in memory.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 NABLA_DATA=/data MPLCONFIGDIR=/tmp/matplotlib
USER 10001:10001
VOLUME /data
ENTRYPOINT ["python", "-m", "bot"]
CMD ["discord"]
