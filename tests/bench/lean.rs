//! A client that costs little, since it runs on the same cores as the
//! server that is measured: one connection, kept alive, bytes in and out.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::{Context, ensure};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};

/// A connection to the server.
#[derive(Debug)]
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    /// What is the same in every request.
    heads: String,
    text: String,
}

impl Line {
    /// Connects from an address of this machine; each has a share of the
    /// server's places. A phone has no token.
    pub(crate) async fn open(
        from: Ipv4Addr,
        server: &str,
        token: Option<&str>,
    ) -> anyhow::Result<Line> {
        let server: SocketAddr =
            server.strip_prefix("http://").context("a plain address")?.parse()?;
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::new(IpAddr::V4(from), 0))?;
        let stream = socket.connect(server).await.context("cannot connect")?;
        stream.set_nodelay(true)?;
        let bears = token.map(|it| format!("authorization: Bearer {it}\r\n"));
        let heads = format!("host: hall\r\n{}", bears.unwrap_or_default());
        Ok(Line { stream: BufReader::new(stream), heads, text: String::new() })
    }

    /// Posts JSON and reads the whole answer, which must be a success.
    pub(crate) async fn post(&mut self, path: &str, json: &str) -> anyhow::Result<Vec<u8>> {
        let request = format!(
            "POST /api/v1/{path} HTTP/1.1\r\n{}content-type: application/json\r\n\
             content-length: {}\r\n\r\n{json}",
            self.heads,
            json.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        let length = self.head().await?;
        let mut body = vec![0; length.context("an answer has a length")?];
        self.stream.read_exact(&mut body).await?;
        Ok(body)
    }

    /// Begins to follow a feed.
    pub(crate) async fn follow(&mut self, query: &str) -> anyhow::Result<()> {
        let request = format!("GET /api/v1/feed?{query} HTTP/1.1\r\n{}\r\n", self.heads);
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        self.head().await.map(drop)
    }

    /// Reads the feed until a line contains `text`.
    pub(crate) async fn hears(&mut self, text: &str) -> anyhow::Result<()> {
        while !self.line().await?.contains(text) {}
        Ok(())
    }

    /// Reads the feed until the server ends it.
    pub(crate) async fn follow_on(mut self) {
        while self.line().await.is_ok() {}
    }

    /// The data of the next event that contains `text`.
    pub(crate) async fn data(&mut self, text: &str) -> anyhow::Result<String> {
        self.hears(text).await?;
        Ok(self.text.trim_start_matches("data: ").to_owned())
    }

    /// Status and heads of an answer; its length if it has one.
    async fn head(&mut self) -> anyhow::Result<Option<usize>> {
        let status = self.line().await?.to_owned();
        ensure!(status.starts_with("HTTP/1.1 20"), "the server answers `{}`", status.trim());
        let mut length = None;
        loop {
            let line = self.line().await?.trim();
            if line.is_empty() {
                return Ok(length);
            }
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = Some(value.parse()?);
            }
        }
    }

    async fn line(&mut self) -> anyhow::Result<&str> {
        self.text.clear();
        ensure!(self.stream.read_line(&mut self.text).await? > 0, "the server hung up");
        Ok(&self.text)
    }
}
